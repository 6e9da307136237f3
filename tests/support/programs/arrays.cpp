#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "tests/support/programs/expression.h"
#include "tests/support/programs/stage.h"

namespace bouton::fuzz {

namespace {

using Write = std::string(Stage&, const Shape&, int depth);
using Reduce = std::string(Stage&, const std::string& array, const Shape&);

std::string literal(Stage& stage, const Shape& shape, int depth) {
  if (shape.empty()) return write_literal(Dimension::None, stage.random());
  const Shape part(shape.begin() + 1, shape.end());
  std::vector<std::string> items;
  for (int i = 0; i < shape.front(); ++i) items.push_back(literal(stage, part, depth));
  return fmt::format("[{}]", fmt::join(items, ", "));
}

// A short constant of any shape, where nothing of that shape is known.
std::string filled(Stage& stage, const Shape& shape) {
  int size = 1;
  for (const int extent : shape) size *= extent;
  if (size <= 12) return literal(stage, shape, 0);
  return write_random_array(stage, shape);
}

std::string known(Stage& stage, const Shape& shape, int) {
  std::vector<std::string> names;
  for (const Variable& variable : stage.variables)
    if (variable.shape == shape) names.push_back(variable.name);
  for (const Place& place : stage.places)
    if (place.shape == shape && place.dimension == Dimension::None) names.push_back(place.name);
  return names.empty() ? filled(stage, shape) : stage.random().pick(names);
}

std::string combined(Stage& stage, const Shape& shape, int depth) {
  const bool scalar_left = stage.random().one_in(4);
  const std::string left = write_array(stage, scalar_left ? Shape{} : shape, depth);
  const bool scalar_right = !scalar_left && stage.random().one_in(3);
  const std::string right = write_array(stage, scalar_right ? Shape{} : shape, depth);
  return fmt::format("({} {} {})", left, stage.random().word({"+", "-", "*"}), right);
}

std::string mapped(Stage& stage, const Shape& shape, int depth) {
  const std::string array = write_array(stage, shape, depth);
  const char* const function = stage.random().one_in(2) ? "tanh" : "abs";
  if (stage.random().one_in(3)) return fmt::format("({} mod 0.75)", array);
  if (!stage.setting.functions.empty() && stage.random().one_in(3))
    return fmt::format("{}({})", stage.random().pick(stage.setting.functions), array);
  return fmt::format("{}({})", function, array);
}

std::string two_arrays(Stage& stage, const Shape& shape, int depth) {
  const std::string left = write_array(stage, shape, depth);
  return fmt::format("{}({}, {})", stage.random().word({"min", "max"}), left,
                     write_array(stage, shape, depth));
}

std::string turned(Stage& stage, const Shape& shape, int depth) {
  if (shape.size() != 2) return known(stage, shape, depth);
  return fmt::format("transpose({})", write_array(stage, {shape[1], shape[0]}, depth));
}

std::string multiplied(Stage& stage, const Shape& shape, int depth) {
  if (shape.size() != 2) return known(stage, shape, depth);
  const int inner = stage.random().between(1, 9);
  const std::string left = write_array(stage, {shape[0], inner}, depth);
  return fmt::format("matmul({}, {})", left, write_array(stage, {inner, shape[1]}, depth));
}

std::string joined(Stage& stage, const Shape& shape, int depth) {
  if (shape.size() != 1 || shape[0] < 2) return known(stage, shape, depth);
  const int first = stage.random().between(1, shape[0] - 1);
  const std::string left = write_array(stage, {first}, depth);
  return fmt::format("concat({}, {})", left, write_array(stage, {shape[0] - first}, depth));
}

std::string mirrored(Stage& stage, const Shape& shape, int depth) {
  if (shape.size() != 2 || shape[0] != shape[1]) return known(stage, shape, depth);
  return fmt::format("mirror({})", write_array(stage, shape, depth));
}

constexpr std::array<Way<Write>, 8> kArrays = {{{4, known},
                                                {4, combined},
                                                {2, mapped},
                                                {1, two_arrays},
                                                {1, turned},
                                                {1, multiplied},
                                                {1, joined},
                                                {1, mirrored}}};

std::string folded(Stage& stage, const std::string& array, const Shape&) {
  return fmt::format("{}({})",
                     stage.random().word({"sum", "mean", "norm", "variance", "max", "min"}), array);
}

std::string counted(Stage&, const std::string& array, const Shape&) {
  return fmt::format("length({})", array);
}

std::string element(Stage& stage, const std::string& array, const Shape& shape) {
  std::vector<std::string> indices;
  for (const int extent : shape) indices.push_back(std::to_string(stage.random().below(extent)));
  if (array.front() == '[' || array.front() == '(') return folded(stage, array, shape);
  return fmt::format("{}[{}]", array, fmt::join(indices, ", "));
}

std::string upper_sum(Stage& stage, const std::string& array, const Shape& shape) {
  if (shape.size() != 2 || shape[0] != shape[1] || shape[0] < 2) return folded(stage, array, shape);
  return stage.random().one_in(2) ? fmt::format("asymmetry({})", array)
                                  : fmt::format("sum(upper({}))", array);
}

constexpr std::array<Way<Reduce>, 4> kReductions = {
    {{5, folded}, {1, counted}, {3, element}, {1, upper_sum}}};

Shape some_shape(Stage& stage) {
  std::vector<Shape> shapes = {{3}, {2, 2}};
  for (const Variable& variable : stage.variables)
    if (!variable.shape.empty()) shapes.push_back(variable.shape);
  for (const Place& place : stage.places) shapes.push_back(place.shape);
  return stage.random().pick(shapes);
}

}  // namespace

std::string write_array(Stage& stage, const Shape& shape, int depth) {
  if (shape.empty()) {
    if (stage.random().one_in(3) && depth > 0) return write_reduction(stage, depth - 1);
    return write_number(stage.scope, Dimension::None, depth);
  }
  if (depth <= 0) return known(stage, shape, 0);
  return choose(kArrays, stage.random())(stage, shape, depth - 1);
}

std::string write_reduction(Stage& stage, int depth) {
  const Shape shape = some_shape(stage);
  const std::string array = write_array(stage, shape, depth);
  return choose(kReductions, stage.random())(stage, array, shape);
}

std::string write_random_array(Stage& stage, const Shape& shape) {
  const std::string seed =
      stage.random().one_in(4) ? fmt::format(", seed = {}", stage.random().below(100)) : "";
  switch (stage.random().below(3)) {
    case 0:
      return fmt::format("uniform(-0.5, 1, {}{})", write_shape(shape), seed);
    case 1:
      return fmt::format("truncated_normal(0.2, 0.5, 1, {}{})", write_shape(shape), seed);
    default:
      return fmt::format("normal(0.1, 0.5, {}{})", write_shape(shape), seed);
  }
}

}  // namespace bouton::fuzz
