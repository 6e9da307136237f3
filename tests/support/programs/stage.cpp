#include "tests/support/programs/stage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bouton::fuzz {

namespace {

void add_places(Stage& stage, const Population& population) {
  const Shape shape = {population.size};
  for (const Field& state : population.neuron->states)
    stage.places.push_back({population.name + "." + state.name, shape, state.dimension});
  for (const Parameter& parameter : population.neuron->parameters) {
    if (parameter.whole_steps) continue;
    stage.places.push_back({population.name + "." + parameter.name, shape, parameter.dimension});
  }
}

void add_places(Stage& stage, const Projection& projection) {
  stage.places.push_back({projection.name + ".w", projection.shape, projection.weight});
  for (const LearningRule& learning : projection.rules) {
    const std::string prefix = projection.name + "." + learning.name + ".";
    for (const std::string& state : learning.rule->states)
      stage.places.push_back({prefix + state, projection.shape, Dimension::None});
    for (const Parameter& parameter : learning.rule->parameters)
      stage.places.push_back(
          {prefix + parameter.name, projection.shape, parameter.dimension, parameter.whole_steps});
  }
}

}  // namespace

std::string Stage::fresh_name(const char* prefix) {
  return fmt::format("{}{}", prefix, (*names)++);
}

Stage make_stage(const Setting& setting, const Network& network, int* names,
                 std::vector<Parameter>* parameters) {
  Stage stage{setting, &network, {}, {}, {}, {}, names};
  stage.scope = {setting.random, setting.step_us, {}, {}, {}, setting.functions, parameters};
  for (const Population& population : network.populations) add_places(stage, population);
  for (const Projection& projection : network.projections) add_places(stage, projection);
  return stage;
}

void declare(Stage& stage, Variable variable) {
  if (variable.shape.empty()) stage.scope.atoms.push_back({variable.name});
  stage.variables.push_back(std::move(variable));
}

std::string write_shape(const Shape& shape) { return fmt::format("[{}]", fmt::join(shape, ", ")); }

}  // namespace bouton::fuzz
