// The extents of an array: rank 0 (a scalar) to rank 4, stored row-major (SEMANTICS: arrays).
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>

#include "runtime/base/result.h"

namespace bouton::runtime {

inline constexpr std::size_t kMaxRank = 4;
// An array of 2^31 elements is 16 GiB: larger ones are a mistake in the program, not a wish.
inline constexpr std::size_t kMaxElements = std::size_t{1} << 31;

class Shape {
 public:
  Shape() = default;
  // At most kMaxRank extents whose product is at most kMaxElements; for sizes that come from users
  // use make_shape.
  Shape(std::initializer_list<std::size_t> extents);

  [[nodiscard]] std::size_t rank() const { return rank_; }
  [[nodiscard]] std::size_t operator[](std::size_t axis) const { return extents_[axis]; }
  [[nodiscard]] std::size_t elements() const;
  [[nodiscard]] std::span<const std::size_t> extents() const { return {extents_.data(), rank_}; }

  // The shape of one element along the first axis; the shape with another first extent. Rank 1 or
  // more.
  [[nodiscard]] Shape without_first_axis() const;
  [[nodiscard]] Shape with_first_extent(std::size_t extent) const;

  friend bool operator==(const Shape&, const Shape&) = default;
  friend Result<Shape> make_shape(std::span<const std::size_t> extents);

 private:
  std::size_t rank_ = 0;
  std::array<std::size_t, kMaxRank> extents_{};  // unused ones stay 0, so that == compares shapes
};

// Refuses more than four axes and more than kMaxElements elements.
Result<Shape> make_shape(std::span<const std::size_t> extents);

// As the language writes it: `[3, 4]`, and `scalar` for rank 0.
[[nodiscard]] std::string print_shape(const Shape& shape);

// `[1, 2]`: the indices of the element at a row-major position; empty for rank 0.
[[nodiscard]] std::string print_index(const Shape& shape, std::size_t position);

}  // namespace bouton::runtime
