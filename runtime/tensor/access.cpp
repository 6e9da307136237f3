#include "runtime/tensor/access.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>

namespace bouton::runtime {
namespace {

constexpr double kMostNumbers = 0x1p53;

// One axis of a part: where it starts and how many elements it takes; an index takes one and drops
// the axis.
struct AxisPart {
  std::size_t first = 0;
  std::size_t count = 0;
  bool kept = true;
};

Error out_of_range(std::int64_t index, std::size_t axis, std::size_t extent) {
  return Error{fmt::format("index {} is outside axis {}, which has {} element{}", index, axis,
                           extent, extent == 1 ? "" : "s"),
               static_cast<int>(axis)};
}

Result<AxisPart> resolve(const Subscript& subscript, std::size_t axis, std::size_t extent) {
  const auto inside = [extent](std::int64_t index) {
    return index >= 0 && static_cast<std::uint64_t>(index) < extent;
  };
  if (const auto* index = std::get_if<std::int64_t>(&subscript)) {
    if (!inside(*index)) return out_of_range(*index, axis, extent);
    return AxisPart{static_cast<std::size_t>(*index), 1, false};
  }
  const Slice slice = std::get<Slice>(subscript);
  if (slice.last < slice.first) return AxisPart{0, 0, true};
  if (!inside(slice.first)) return out_of_range(slice.first, axis, extent);
  if (!inside(slice.last)) return out_of_range(slice.last, axis, extent);
  return AxisPart{static_cast<std::size_t>(slice.first),
                  static_cast<std::size_t>(slice.last - slice.first) + 1, true};
}

// A part of an array: the shape it has on its own, and the row-major positions of its elements in
// the whole array.
struct Part {
  Shape shape;
  std::vector<std::size_t> positions;
};

Result<std::vector<AxisPart>> resolve_all(const Shape& whole,
                                          std::span<const Subscript> subscripts) {
  if (subscripts.size() > whole.rank()) {
    return Error{
        fmt::format("{} subscripts for {}", subscripts.size(),
                    whole.rank() == 0 ? "a number" : "an array of shape " + print_shape(whole))};
  }
  std::vector<AxisPart> axes;
  for (std::size_t axis = 0; axis < whole.rank(); ++axis) {
    if (axis >= subscripts.size()) {
      axes.push_back({0, whole[axis], true});
      continue;
    }
    Result<AxisPart> part = resolve(subscripts[axis], axis, whole[axis]);
    if (!part) return part.error();
    axes.push_back(*part);
  }
  return axes;
}

Result<Part> locate(const Shape& whole, std::span<const Subscript> subscripts) {
  const Result<std::vector<AxisPart>> axes = resolve_all(whole, subscripts);
  if (!axes) return axes.error();
  std::vector<std::size_t> extents;
  std::vector<std::size_t> positions{0};
  for (std::size_t axis = 0; axis < whole.rank(); ++axis) {
    const AxisPart part = (*axes)[axis];
    if (part.kept) extents.push_back(part.count);
    std::vector<std::size_t> finer;
    finer.reserve(positions.size() * part.count);
    for (const std::size_t position : positions) {
      for (std::size_t i = 0; i < part.count; ++i)
        finer.push_back(position * whole[axis] + part.first + i);
    }
    positions = std::move(finer);
  }
  Result<Shape> shape = make_shape(extents);
  if (!shape) return shape.error();
  return Part{*shape, std::move(positions)};
}

Result<std::pair<std::size_t, std::size_t>> list_part(std::span<const Subscript> subscripts,
                                                      std::size_t length) {
  if (subscripts.size() != 1)
    return Error{fmt::format("{} subscripts for a list", subscripts.size())};
  const Result<AxisPart> part = resolve(subscripts[0], 0, length);
  if (!part) return part.error();
  return std::pair{part->first, part->count};
}

Result<Value> read_list(const List& list, std::span<const Subscript> subscripts) {
  const auto part = list_part(subscripts, list.items.size());
  if (!part) return part.error();
  if (std::holds_alternative<std::int64_t>(subscripts[0])) return list.items[part->first];
  const auto begin = list.items.begin() + static_cast<std::ptrdiff_t>(part->first);
  return Value(List{{begin, begin + static_cast<std::ptrdiff_t>(part->second)}});
}

Result<Value> read_spikes(const SpikeList& spikes, std::span<const Subscript> subscripts) {
  const auto part = list_part(subscripts, spikes.size());
  if (!part) return part.error();
  SpikeList chosen;
  for (std::size_t i = part->first; i < part->first + part->second; ++i) {
    chosen.step.push_back(spikes.step[i]);
    chosen.neuron.push_back(spikes.neuron[i]);
  }
  return Value(std::move(chosen));
}

}  // namespace

Result<Tensor> read_part(const Tensor& from, std::span<const Subscript> subscripts) {
  const Result<Part> part = locate(from.shape(), subscripts);
  if (!part) return part.error();
  std::vector<double> chosen;
  chosen.reserve(part->positions.size());
  for (const std::size_t position : part->positions) chosen.push_back(from[position]);
  return Tensor(part->shape, std::move(chosen));
}

Result<Value> read_part(const Value& from, std::span<const Subscript> subscripts) {
  if (const auto* list = from.as<List>()) return read_list(*list, subscripts);
  if (const auto* spikes = from.as<SpikeList>()) return read_spikes(*spikes, subscripts);
  const auto* tensor = from.as<Tensor>();
  if (tensor == nullptr) return Error{fmt::format("{} has no subscripts", describe(from))};
  Result<Tensor> part = read_part(*tensor, subscripts);
  if (!part) return part.error();
  return Value(std::move(*part));
}

Result<Tensor> with_part(Tensor into, std::span<const Subscript> subscripts, const Tensor& part) {
  const Result<Part> place = locate(into.shape(), subscripts);
  if (!place) return place.error();
  if (!part.is_scalar() && part.shape() != place->shape) {
    return Error{fmt::format("{} cannot be assigned to a part of shape {}", describe(part),
                             print_shape(place->shape))};
  }
  for (std::size_t i = 0; i < place->positions.size(); ++i) {
    into[place->positions[i]] = part.is_scalar() ? part.scalar() : part[i];
  }
  return into;
}

Result<std::int64_t> whole_number(double number) {
  constexpr double kLargest = 9007199254740992.0;  // 2^53
  if (std::isfinite(number) && std::fabs(number) > kLargest)
    return Error{fmt::format("{} is too large for a whole number: the largest is 2^53", number)};
  if (!std::isfinite(number) || std::fabs(number - std::round(number)) > 1e-9) {
    return Error{fmt::format("{} is not a whole number", number)};
  }
  return static_cast<std::int64_t>(std::round(number));
}

Result<Range> make_range(double first, double last, double step) {
  if (!std::isfinite(first) || !std::isfinite(last) || !std::isfinite(step)) {
    return Error{"the ends and the step of a range are finite numbers"};
  }
  if (step == 0.0) return Error{"the step of a range is not 0", 2};
  const double count = (last - first) / step;
  if (count < 0.0) return Range{first, step, 0};
  if (std::fabs(count - std::round(count)) > 1e-9) {
    return Error{
        fmt::format("{} .. {} by {} is {} steps: not a whole number", first, last, step, count)};
  }
  if (count >= kMostNumbers)
    return Error{fmt::format("{} .. {} by {} has more than 2^53 elements", first, last, step)};
  return Range{first, step, static_cast<std::size_t>(std::round(count)) + 1};
}

Result<Tensor> elements_of(const Range& range) {
  if (range.count >= kMaxElements) return Error{"an array of a range has at most 2^31 elements"};
  std::vector<double> numbers(range.count);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = range[i];
  return Tensor::vector(std::move(numbers));
}

Result<Tensor> range(double first, double last, double step) {
  const auto made = make_range(first, last, step);
  if (!made) return made.error();
  return elements_of(*made);
}

Result<std::size_t> length_of(const Value& value) {
  if (const auto* list = value.as<List>()) return list->items.size();
  if (const auto* spikes = value.as<SpikeList>()) return spikes->size();
  const auto* tensor = value.as<Tensor>();
  if (tensor != nullptr && !tensor->is_scalar()) return tensor->shape()[0];
  return Error{fmt::format("{} has no length", describe(value)), 0};
}

Result<Value> item_of(const Value& value, std::size_t position) {
  const Subscript subscript = static_cast<std::int64_t>(position);
  return read_part(value, {&subscript, 1});
}

}  // namespace bouton::runtime
