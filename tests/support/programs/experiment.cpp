#include "tests/support/programs/experiment.h"

#include <fmt/format.h>

#include <array>

#include "tests/support/programs/expression.h"
#include "tests/support/programs/stage.h"

namespace bouton::fuzz {

namespace {

using Write = std::string(Stage&, int depth);

std::string write_block(Stage stage, int count, int depth);

std::string let(Stage& stage, int) {
  static const std::vector<Shape> kShapes = {{}, {}, {3}, {2, 2}, {5}, {2, 3}};
  Variable variable{stage.fresh_name("a"), stage.random().pick(kShapes), stage.random().one_in(2)};
  const std::string value = stage.random().one_in(3) && !variable.shape.empty()
                                ? write_random_array(stage, variable.shape)
                                : write_array(stage, variable.shape, 2);
  declare(stage, variable);
  return fmt::format("{} {} = {}\n", variable.can_change ? "var" : "let", variable.name, value);
}

std::string change_variable(Stage& stage, int depth) {
  std::vector<Variable> changing;
  for (const Variable& variable : stage.variables)
    if (variable.can_change) changing.push_back(variable);
  if (changing.empty()) return let(stage, depth);
  const Variable target = stage.random().pick(changing);
  return fmt::format("{} {} {}\n", target.name, stage.random().word({"=", "+=", "-=", "*="}),
                     write_array(stage, target.shape, 2));
}

std::string with_unit(const std::string& number, Dimension dimension, Random& random) {
  if (dimension == Dimension::None) return number;
  return fmt::format("{} * ({})", number, write_literal(dimension, random));
}

// `z.x`, `W.w[1, 2]`, `z.x[0 .. 1]`, and the shape of what is meant.
std::pair<std::string, Shape> part_of(Stage& stage, const Place& place) {
  if (!stage.random().one_in(3)) return {place.name, place.shape};
  if (place.shape.size() == 1 && stage.random().one_in(2)) {
    const int first = stage.random().below(place.shape[0]);
    const int last = stage.random().between(first, place.shape[0] - 1);
    return {fmt::format("{}[{} .. {}]", place.name, first, last), {last - first + 1}};
  }
  std::string text = place.name + "[";
  for (std::size_t axis = 0; axis < place.shape.size(); ++axis)
    text += fmt::format("{}{}", axis > 0 ? ", " : "", stage.random().below(place.shape[axis]));
  return {text + "]", {}};
}

std::string assign(Stage& stage, int depth) {
  if (stage.places.empty()) return let(stage, depth);
  const Place place = stage.random().pick(stage.places);
  if (place.whole_steps) {
    if (!stage.random().one_in(4)) return let(stage, depth);
    return fmt::format("{} = {}\n", place.name,
                       write_duration(stage.random().between(1, 12), stage.setting.step_us));
  }
  const auto [text, shape] = part_of(stage, place);
  if (!shape.empty() && stage.random().one_in(3))
    return fmt::format(
        "{} = {}\n", text,
        with_unit(write_random_array(stage, shape), place.dimension, stage.random()));
  if (stage.random().one_in(4)) return fmt::format("{} *= 0.5\n", text);
  const std::string number = write_array(stage, stage.random().one_in(2) ? Shape{} : shape, 2);
  return fmt::format("{} {} {}\n", text, stage.random().word({"=", "+=", "-="}),
                     with_unit(fmt::format("tanh({})", number), place.dimension, stage.random()));
}

std::string clip(Stage& stage, int depth) {
  if (stage.places.empty()) return let(stage, depth);
  const Place place = stage.random().pick(stage.places);
  if (place.dimension == Dimension::Voltage)
    return fmt::format("clip {} to [-1 mV, 2 mV]\n", place.name);
  if (place.dimension != Dimension::None) return let(stage, depth);
  return fmt::format("clip {} to [{}, {}]\n", place.name, stage.random().word({"-1", "0", "-0.25"}),
                     stage.random().word({"0.5", "1", "2"}));
}

std::string normalise(Stage& stage, int depth) {
  if (stage.network->projections.empty()) return let(stage, depth);
  const Projection& projection = stage.random().pick(stage.network->projections);
  if (projection.weight != Dimension::None) return let(stage, depth);
  return fmt::format("normalise {}.w per {} to {}\n", projection.name,
                     stage.random().word({"pre", "post"}), stage.random().word({"1", "2", "0.7"}));
}

std::string run(Stage& stage, int) { return write_run(stage); }

// Everything, or a projection or population alone.
std::string reset(Stage& stage, int) {
  const Network& network = *stage.network;
  if (stage.random().one_in(2)) return "reset\n";
  if (network.projections.empty() || stage.random().one_in(3))
    return fmt::format("reset {}\n", stage.random().pick(network.populations).name);
  return fmt::format("reset {}\n", stage.random().pick(network.projections).name);
}

std::string record(Stage& stage, int) {
  std::string columns;
  for (int count = stage.random().between(1, 3); count > 0; --count) {
    const std::string value =
        stage.random().one_in(2) ? write_reduction(stage, 1) : write_array(stage, {}, 2);
    columns += fmt::format("{}{} = {}", columns.empty() ? "" : ", ", stage.fresh_name("v"), value);
  }
  return "record " + columns + "\n";
}

std::string record_places(Stage& stage, int depth) {
  if (stage.places.empty()) return record(stage, depth);
  std::string columns;
  for (const Place& place : stage.places) {
    if (stage.random().one_in(3)) continue;
    columns +=
        fmt::format("{}{} = {}", columns.empty() ? "" : ", ", stage.fresh_name("v"), place.name);
  }
  return columns.empty() ? record(stage, depth) : "record " + columns + "\n";
}

std::string loop(Stage& stage, int depth) {
  Stage inside = stage;
  const std::string name = stage.fresh_name("i");
  inside.scope.atoms.push_back({name});
  inside.loops.push_back(name);
  const std::string first = stage.random().word({"0", "1", "2"});
  return fmt::format("for {} in {} .. {} {{\n{}}}\n", name, first, stage.random().between(1, 3),
                     write_block(inside, stage.random().between(1, 4), depth - 1));
}

std::string loop_over_array(Stage& stage, int depth) {
  Stage inside = stage;
  inside.loops.clear();
  const std::string name = stage.fresh_name("i");
  const int length = stage.random().between(1, 3);
  const std::string array = write_array(stage, {length}, 1);
  inside.scope.atoms.push_back({name});
  return fmt::format("for {} in {} {{\n{}}}\n", name, array,
                     write_block(inside, stage.random().between(1, 3), depth - 1));
}

std::string branch(Stage& stage, int depth) {
  const std::string condition = stage.random().one_in(2)
                                    ? fmt::format("{} > {}", write_reduction(stage, 1),
                                                  write_literal(Dimension::None, stage.random()))
                                    : write_condition(stage.scope, 2);
  const std::string yes = write_block(stage, stage.random().between(1, 2), depth - 1);
  if (stage.random().one_in(2)) return fmt::format("if {} {{\n{}}}\n", condition, yes);
  return fmt::format("if {} {{\n{}}} else {{\n{}}}\n", condition, yes,
                     write_block(stage, 1, depth - 1));
}

std::string every(Stage& stage, int depth) {
  if (stage.loops.empty()) return loop(stage, depth);
  return fmt::format("every {} {{\n{}}}\n", stage.random().between(1, 3),
                     write_block(stage, stage.random().between(1, 2), depth - 1));
}

std::string leave(Stage& stage, int depth) {
  if (stage.loops.empty()) return let(stage, depth);
  return fmt::format("if {} {{ break }}\n", write_condition(stage.scope, 1));
}

std::string print(Stage& stage, int) {
  return fmt::format("print \"seen \", {}\n", write_reduction(stage, 1));
}

constexpr std::array<Way<Write>, 15> kStatements = {{{4, let},
                                                     {2, change_variable},
                                                     {5, assign},
                                                     {1, clip},
                                                     {1, normalise},
                                                     {6, run},
                                                     {1, reset},
                                                     {1, record},
                                                     {1, record_places},
                                                     {1, loop},
                                                     {1, loop_over_array},
                                                     {1, branch},
                                                     {1, every},
                                                     {1, leave},
                                                     {1, print}}};

std::string write_block(Stage stage, int count, int depth) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    Write* write = choose(kStatements, stage.random());
    const bool nested =
        write == loop || write == loop_over_array || write == branch || write == every;
    text += nested && depth <= 0 ? run(stage, depth) : write(stage, depth);
  }
  return text;
}

// Random numbers of a population that the experiment gives, enough rows for every step.
std::string write_replay(Stage& stage) {
  if (!stage.random().one_in(8)) return "";
  const Population& population = stage.random().pick(stage.network->populations);
  const std::string name = stage.fresh_name("a");
  return fmt::format("let {} = uniform(0, 1, [9000, {}])\nreplay {}.spike from {}\n", name,
                     population.size, population.name, name);
}

std::string write_final_record(const Stage& stage) {
  std::string columns;
  for (const Place& place : stage.places)
    columns += fmt::format("{}end{} = {}", columns.empty() ? "" : ", ", columns.size(), place.name);
  return columns.empty() ? "" : "record " + columns + "\n";
}

}  // namespace

std::string write_experiment(const Setting& setting, const Network& network,
                             const std::string& declarations) {
  std::vector<Parameter> parameters;
  int names = 0;
  Stage stage = make_stage(setting, network, &names, &parameters);
  std::string body = fmt::format("timestep {}\n", write_duration(1, setting.step_us));
  body += declarations + write_replay(stage);
  std::string statements;
  for (int count = stage.random().between(1, 4); count > 0; --count) statements += assign(stage, 1);
  statements += run(stage, 1);
  statements += write_block(stage, stage.random().between(2, 8), 2);
  statements += run(stage, 1) + write_final_record(stage);
  return fmt::format("experiment E{} {{\n{}{}}}\n", write_parameters(parameters), body, statements);
}

}  // namespace bouton::fuzz
