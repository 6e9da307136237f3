#include "tests/support/programs/program.h"

#include <fmt/format.h>

#include <deque>

#include "tests/support/programs/experiment.h"
#include "tests/support/programs/expression.h"

namespace bouton::fuzz {

namespace {

// Keeps declarations in place: networks point at them.
struct Builder {
  Setting setting;
  std::deque<Neuron> neurons;
  std::deque<Synapse> synapses;
  std::deque<Rule> rules;
  Network network;
  std::string functions;
  std::string declarations;  // of populations and projections

  [[nodiscard]] Random& random() const { return *setting.random; }
};

void add_function(Builder& builder) {
  const std::string name = fmt::format("f{}", builder.setting.functions.size());
  Scope scope{builder.setting.random,
              builder.setting.step_us,
              {{"u"}},
              {},
              {},
              builder.setting.functions,
              nullptr};
  builder.functions +=
      fmt::format("function {}(u) = {} + tanh(u)\n", name, write_number(scope, Dimension::None, 2));
  builder.setting.functions.push_back(name);
}

const Neuron& some_neuron(Builder& builder) {
  if (builder.neurons.empty() || builder.random().one_in(2))
    builder.neurons.push_back(
        make_neuron(builder.setting, fmt::format("N{}", builder.neurons.size())));
  return builder.neurons[static_cast<std::size_t>(
      builder.random().below(static_cast<int>(builder.neurons.size())))];
}

void add_population(Builder& builder) {
  static const std::vector<int> kSizes = {1, 2, 3, 4, 5, 7, 8, 9, 11, 16, 17};
  const Neuron& neuron = some_neuron(builder);
  const Population population{fmt::format("z{}", builder.network.populations.size()), &neuron,
                              builder.random().pick(kSizes)};
  std::string arguments;
  for (const Parameter& parameter : neuron.parameters) {
    if (parameter.whole_steps || !builder.random().one_in(3)) continue;
    arguments += fmt::format("{}{} = {}", arguments.empty() ? "" : ", ", parameter.name,
                             write_literal(parameter.dimension, builder.random()));
  }
  builder.declarations += fmt::format("population {}[{}]: {}({})\n", population.name,
                                      population.size, neuron.name, arguments);
  builder.network.populations.push_back(population);
}

// The whole population or a slice of it.
struct End {
  const Population* population = nullptr;
  std::string text;
  int size = 0;
};

End some_end(Builder& builder) {
  const Population& population = builder.random().pick(builder.network.populations);
  if (population.size < 3 || !builder.random().one_in(4))
    return {&population, population.name, population.size};
  const int first = builder.random().below(population.size);
  const int last = builder.random().between(first, population.size - 1);
  return {&population, fmt::format("{}[{} .. {}]", population.name, first, last), last - first + 1};
}

// One whose psp has no dimension for an input of voltages makes the weights voltages.
const Synapse& synapse_for(Builder& builder, const Input& input) {
  const Dimension dimension = builder.random().one_in(2) ? Dimension::None : input.dimension;
  builder.synapses.push_back(make_synapse(builder.setting,
                                          fmt::format("S{}", builder.synapses.size()),
                                          input.prompt && !builder.random().one_in(4), dimension));
  return builder.synapses.back();
}

std::string write_rules(Builder& builder, Projection& projection, const RulePlace& place) {
  std::string clauses;
  static const std::vector<int> kCounts = {0, 1, 1, 1, 2, 2, 3};
  for (int count = builder.random().pick(kCounts); count > 0; --count) {
    builder.rules.push_back(
        make_rule(builder.setting, fmt::format("R{}", builder.rules.size()), place));
    const Rule& rule = builder.rules.back();
    const std::string name = fmt::format("r{}", projection.rules.size());
    std::string arguments;
    for (const Parameter& parameter : rule.parameters) {
      if (parameter.whole_steps || !builder.random().one_in(4)) continue;
      arguments += fmt::format("{}{} = {}", arguments.empty() ? "" : ", ", parameter.name,
                               write_literal(parameter.dimension, builder.random()));
    }
    clauses += fmt::format(", learning {} = {}({})", name, rule.name, arguments);
    projection.rules.push_back({name, &rule});
  }
  return clauses;
}

void add_projection(Builder& builder) {
  const End from = some_end(builder);
  const End to = builder.random().one_in(2) ? from : some_end(builder);
  const Input& input = builder.random().pick(to.population->neuron->inputs);
  const Synapse& synapse = synapse_for(builder, input);
  Projection projection{fmt::format("w{}", builder.network.projections.size()),
                        {to.size, from.size},
                        synapse.dimension == input.dimension ? Dimension::None : input.dimension,
                        {}};
  const bool within = from.population == to.population;
  std::string clauses = fmt::format(", via {}()", synapse.name);
  if (within && from.text == to.text && from.text == from.population->name &&
      builder.random().one_in(2))
    clauses += ", no self";
  if (builder.random().one_in(2))
    clauses += ", weight " + write_literal(projection.weight, builder.random());
  clauses += write_rules(builder, projection,
                         {from.population->neuron, to.population->neuron, projection.weight,
                          within && from.text == to.text});
  builder.declarations += fmt::format("projection {}: {} -> {}.{}{}\n", projection.name, from.text,
                                      to.text, input.name, clauses);
  builder.network.projections.push_back(projection);
}

}  // namespace

std::string make_program(std::uint64_t seed) {
  Random random(seed);
  static const std::vector<int> kSteps = {1000, 1000, 500, 250, 100, 2000};
  Builder builder{{&random, random.pick(kSteps), {}}, {}, {}, {}, {}, {}, {}};
  for (int count = random.between(0, 2); count > 0; --count) add_function(builder);
  for (int count = random.between(1, 3); count > 0; --count) add_population(builder);
  for (int count = random.between(0, 3); count > 0; --count) add_projection(builder);
  const std::string experiment =
      write_experiment(builder.setting, builder.network, builder.declarations);
  std::string text = builder.functions;
  for (const Neuron& neuron : builder.neurons) text += neuron.text;
  for (const Synapse& synapse : builder.synapses) text += synapse.text;
  for (const Rule& rule : builder.rules) text += rule.text;
  return text + experiment;
}

}  // namespace bouton::fuzz
