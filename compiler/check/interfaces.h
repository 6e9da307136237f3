// Declared things as their users see them: names and types of parameters and variables, what a rule
// asks of its partners. Types may be generic; every use takes an Instance.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/type.h"
#include "compiler/model/dynamics.h"

namespace bouton::check {

struct ParameterInterface {
  std::string name;
  source::Span span;
  model::SymbolId symbol;
  Type type;
  bool required = false;
};

// A name of a neuron, synapse or rule that others may read (and, if it is a parameter or state,
// assign).
struct Variable {
  std::string name;
  source::Span span;
  model::SymbolKind kind = model::SymbolKind::Parameter;
  Type type;
};

struct NeuronInterface {
  model::NeuronId id;
  std::string name;
  source::Span span;
  std::vector<ParameterInterface> parameters;
  std::vector<Variable> variables;  // parameters, inputs, noises, states, algebraic variables, and
                                    // the predefined spiked, since_spike, spike_probability
  bool spikes = false;
  // A name whose prev() needs an `initially` it does not have.
  std::vector<std::string> without_previous;
  // Parameters that the neuron itself does not read: an error unless a rule or projection does.
  std::vector<std::string> unread_parameters;
};

struct SynapseInterface {
  model::SynapseId id;
  std::string name;
  source::Span span;
  std::vector<ParameterInterface> parameters;
  std::vector<Variable> variables;
  Type weight;
  Type output;  // what it adds to the input: psp * w, or its first state
};

// `pre.x`, `post.x`: what the rule expects of the neuron on that side.
struct FieldInterface {
  model::Side side = model::Side::Pre;
  std::string name;
  source::Span span;  // of the first use
  Type type;
  bool previous = false;  // read by prev() or as a slope
};

struct RuleInterface {
  model::RuleId id;
  std::string name;
  source::Span span;
  std::vector<ParameterInterface> parameters;
  std::vector<Variable> variables;  // parameters, states, traces, broadcasts
  std::vector<FieldInterface> fields;
  Type weight;
};

struct FunctionInterface {
  model::FunctionId id;
  std::string name;
  source::Span span;
  std::vector<ParameterInterface> parameters;
  Type result;
  bool experiment_only = false;  // calls a builtin that neurons and rules cannot
};

template <typename Interface>
using ByName = std::map<std::string, Interface, std::less<>>;

// The module of the standard library that declares a `neuron`, `synapse`, `rule` or `circuit` of
// that name, for hints: `neurons.sampler`.
using FindModule =
    std::function<std::optional<std::string>(std::string_view keyword, std::string_view name)>;

struct Interfaces {
  ByName<FunctionInterface> functions;
  ByName<NeuronInterface> neurons;
  ByName<SynapseInterface> synapses;
  ByName<RuleInterface> rules;
  FindModule find_module = {};
};

template <typename Interface>
[[nodiscard]] const Interface* find(const ByName<Interface>& table, std::string_view name) {
  const auto place = table.find(name);
  return place == table.end() ? nullptr : &place->second;
}

[[nodiscard]] const Variable* find_variable(const std::vector<Variable>& variables,
                                            std::string_view name);

}  // namespace bouton::check
