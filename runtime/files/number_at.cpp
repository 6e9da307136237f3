#include "runtime/files/number_at.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace bouton::runtime {
namespace {

std::vector<std::size_t> indices_of(const Shape& shape, std::size_t element) {
  std::vector<std::size_t> indices(shape.rank());
  for (std::size_t axis = shape.rank(); axis-- > 0;) {
    indices[axis] = element % shape[axis];
    element /= shape[axis];
  }
  return indices;
}

std::string place_in(const Shape& shape, std::size_t element) {
  const std::vector<std::size_t> at = indices_of(shape, element);
  if (at.empty()) return "the number";
  if (at.size() == 1) return fmt::format("row {}", at[0]);
  if (at.size() == 2) return fmt::format("row {}, column {}", at[0], at[1]);
  return fmt::format("element [{}]", fmt::join(at, ", "));
}

}  // namespace

std::string unusable_number(const Shape& shape, std::size_t element, std::string_view number) {
  return fmt::format("{} is {}: every value has to be a number that a double holds",
                     place_in(shape, element), number);
}

}  // namespace bouton::runtime
