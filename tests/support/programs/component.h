// The declarations of a random program, with what the rest of the program can do with them.
#pragma once

#include <string>
#include <vector>

#include "tests/support/programs/scope.h"

namespace bouton::fuzz {

// A variable of a neuron, as rules and the experiment see it.
struct Field {
  std::string name;
  Dimension dimension = Dimension::None;
  bool has_previous = false;  // `prev(pre.x)` is legal
};

struct Input {
  std::string name;
  Dimension dimension = Dimension::None;
  // Read as `prev(J)` only, so that a spike may arrive in its own step without a cycle.
  bool prompt = false;
};

struct Neuron {
  std::string name;
  std::string text;
  std::vector<Parameter> parameters;
  std::vector<Input> inputs;
  std::vector<Field> states;
  std::vector<Field> algebraics;
  std::vector<std::string> truths;  // algebraic variables that are true or false
};

struct Synapse {
  std::string name;
  std::string text;
  Dimension dimension = Dimension::None;  // of the psp
  bool prompt = false;                    // psp(0) is not 0
};

struct Rule {
  std::string name;
  std::string text;
  std::vector<Parameter> parameters;
  std::vector<std::string> states;
};

// What is the same throughout one program.
struct Setting {
  Random* random = nullptr;
  int step_us = 1000;
  std::vector<std::string> functions;  // of one number, declared in the program
};

[[nodiscard]] Neuron make_neuron(const Setting& setting, std::string name);
[[nodiscard]] Synapse make_synapse(const Setting& setting, std::string name, bool prompt,
                                   Dimension dimension);

// A rule for a projection between these neurons, with weights of that dimension.
struct RulePlace {
  const Neuron* pre = nullptr;
  const Neuron* post = nullptr;
  Dimension weight = Dimension::None;
  bool within_population = false;
};
[[nodiscard]] Rule make_rule(const Setting& setting, std::string name, const RulePlace& place);

}  // namespace bouton::fuzz
