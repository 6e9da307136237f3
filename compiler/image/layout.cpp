#include "compiler/image/layout.h"

#include <variant>

#include "compiler/base/check.h"

namespace bouton::image {

namespace {

class Arena {
 public:
  std::int64_t reserve(std::int64_t bytes) {
    const std::int64_t begin = size_;
    size_ += (bytes + kAlignment - 1) / kAlignment * kAlignment;
    return begin;
  }
  [[nodiscard]] std::int64_t size() const { return size_; }

 private:
  std::int64_t size_ = 0;
};

runtime::ColumnLayout place_column(const plan::Plan& plan, const plan::Column& column, int lanes,
                                   Arena& arena) {
  runtime::ColumnLayout layout;
  layout.name = column.name;
  layout.type = cell_type_of(column.type, column.wide ? plan::Precision::Double : plan.precision);
  layout.fraction_bits = column.type.fraction_bits;
  layout.per_lane = column.sharing == plan::Sharing::PerLane;
  layout.external = column.role == plan::Role::Tape;
  for (const plan::AxisId axis : column.axes) layout.extents.push_back(length_of(plan, axis));
  if (layout.external) {
    layout.offset = arena.reserve(sizeof(runtime::TapeSlot));
    return layout;
  }
  const std::int64_t bytes =
      layout.elements() * (layout.per_lane ? lanes : 1) * bytes_of(layout.type);
  layout.offset = arena.reserve(bytes);
  if (column.buffers.next) layout.next_offset = arena.reserve(bytes);
  if (column.buffers.previous) layout.previous_offset = arena.reserve(bytes);
  return layout;
}

}  // namespace

std::int64_t length_of(const plan::Plan& plan, plan::ExtentId extent) {
  const auto* whole = std::get_if<plan::HostInteger>(&plan.extents[extent].value.node);
  BOUTON_CHECK(whole != nullptr, "an extent is not bound to a number");
  return whole->value;
}

std::int64_t length_of(const plan::Plan& plan, plan::AxisId axis) {
  return length_of(plan, plan.axes[axis].extent);
}

std::int64_t offset_of(const plan::Plan& plan, plan::AxisId axis) {
  const auto& offset = plan.axes[axis].offset;
  return offset ? length_of(plan, *offset) : 0;
}

runtime::CellType cell_type_of(plan::Type type, plan::Precision precision) {
  using runtime::CellType;
  switch (type.scalar) {
    case plan::Scalar::Bool:
      return CellType::Bool8;
    case plan::Scalar::I32:
      return CellType::Int32;
    case plan::Scalar::I64:
      return CellType::Int64;
    case plan::Scalar::U32:
      return CellType::UInt32;
    case plan::Scalar::U64:
      return CellType::UInt64;
    case plan::Scalar::Fixed:
      return CellType::Fixed64;
    case plan::Scalar::Uniform:
      return CellType::Real64;
    case plan::Scalar::Real:
      return precision == plan::Precision::Single ? CellType::Real32 : CellType::Real64;
  }
  BOUTON_UNREACHABLE("scalar type");
}

runtime::ArenaLayout build_layout(const plan::Plan& plan, int lanes) {
  runtime::ArenaLayout layout;
  layout.lanes = lanes;
  Arena arena;
  layout.seeds_offset = arena.reserve(std::int64_t{8} * lanes);
  layout.status_offset = arena.reserve(sizeof(runtime::StatusSlot));
  layout.observer_count = static_cast<std::int64_t>(plan.observers.size());
  layout.observers_offset = arena.reserve(layout.observer_count *
                                          static_cast<std::int64_t>(sizeof(runtime::ObserverSlot)));
  for (const plan::Column& column : plan.columns)
    layout.columns.push_back(place_column(plan, column, lanes, arena));
  layout.bytes = arena.size();
  return layout;
}

}  // namespace bouton::image
