#include "runtime/tensor/shape.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/check.h"

namespace bouton::runtime {

Shape::Shape(std::initializer_list<std::size_t> extents) : rank_(extents.size()) {
  require(rank_ <= kMaxRank, "an array has at most four axes");
  std::copy(extents.begin(), extents.end(), extents_.begin());
}

std::size_t Shape::elements() const {
  std::size_t product = 1;
  for (const std::size_t extent : extents()) product *= extent;
  return product;
}

Shape Shape::without_first_axis() const {
  Shape rest;
  rest.rank_ = rank_ - 1;
  std::copy_n(extents_.begin() + 1, rest.rank_, rest.extents_.begin());
  return rest;
}

Shape Shape::with_first_extent(std::size_t extent) const {
  Shape changed = *this;
  changed.extents_[0] = extent;
  return changed;
}

Result<Shape> make_shape(std::span<const std::size_t> extents) {
  if (extents.size() > kMaxRank) {
    return Error{fmt::format("{} axes: arrays have at most {}", extents.size(), kMaxRank)};
  }
  // A product that would overflow is refused before it is formed; an extent 0 further on does not
  // excuse it.
  std::size_t product = 1;
  for (const std::size_t extent : extents) {
    if (extent != 0 && product > kMaxElements / extent) {
      return Error{fmt::format("an array of shape [{}] has more than 2^31 elements",
                               fmt::join(extents, ", "))};
    }
    product *= std::max<std::size_t>(extent, 1);
  }
  Shape shape;
  shape.rank_ = extents.size();
  std::copy(extents.begin(), extents.end(), shape.extents_.begin());
  return shape;
}

std::string print_shape(const Shape& shape) {
  if (shape.rank() == 0) return "scalar";
  return fmt::format("[{}]", fmt::join(shape.extents(), ", "));
}

std::string print_index(const Shape& shape, std::size_t position) {
  if (shape.rank() == 0) return "";
  std::array<std::size_t, kMaxRank> indices{};
  for (std::size_t axis = shape.rank(); axis-- > 0; position /= shape[axis])
    indices[axis] = position % shape[axis];
  return fmt::format("[{}]", fmt::join(indices.begin(), indices.begin() + shape.rank(), ", "));
}

}  // namespace bouton::runtime
