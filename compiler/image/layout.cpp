#include "compiler/image/layout.h"

#include <map>
#include <utility>
#include <variant>
#include <vector>

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

runtime::ColumnLayout describe_column(const plan::Plan& plan, const plan::Column& column) {
  runtime::ColumnLayout layout;
  layout.name = column.name;
  layout.type = cell_type_of(column.type, column.wide ? plan::Precision::Double : plan.precision);
  layout.fraction_bits = column.type.fraction_bits;
  layout.per_lane = column.sharing == plan::Sharing::PerLane;
  layout.external = column.role == plan::Role::Tape;
  for (const plan::AxisId axis : column.axes) layout.extents.push_back(length_of(plan, axis));
  return layout;
}

std::int64_t bytes_of(const runtime::ColumnLayout& column, int lanes) {
  return column.elements() * (column.per_lane ? lanes : 1) * runtime::bytes_of(column.type);
}

// Columns with the same buffers, side by side.
void place(std::vector<runtime::ColumnLayout>& columns, const std::vector<plan::ColumnId>& row,
           plan::Buffers buffers, int lanes, Arena& arena) {
  std::int64_t all = 0;
  for (const plan::ColumnId id : row) all += bytes_of(columns[id.value], lanes);
  std::int64_t current = arena.reserve(all);
  std::int64_t next = buffers.next ? arena.reserve(all) : 0;
  std::int64_t previous = buffers.previous ? arena.reserve(all) : 0;
  for (const plan::ColumnId id : row) {
    runtime::ColumnLayout& column = columns[id.value];
    const std::int64_t bytes = bytes_of(column, lanes);
    column.offset = std::exchange(current, current + bytes);
    if (buffers.next) column.next_offset = std::exchange(next, next + bytes);
    if (buffers.previous) column.previous_offset = std::exchange(previous, previous + bytes);
  }
}

using Row = std::vector<plan::ColumnId>;

// The rows of packs, by each of their columns.
std::map<plan::ColumnId, const Row*> rows_of_packs(const plan::Plan& plan) {
  std::map<plan::ColumnId, const Row*> rows;
  for (const plan::Pack& pack : plan.packs)
    for (const Row& row : pack.rows)
      for (const plan::ColumnId id : row) rows[id] = &row;
  return rows;
}

// A column alone, or a row where its first column stands.
void place_columns(const plan::Plan& plan, int lanes, bool packed, Arena& arena,
                   std::vector<runtime::ColumnLayout>& columns) {
  for (const plan::Column& column : plan.columns) columns.push_back(describe_column(plan, column));
  const auto rows = packed ? rows_of_packs(plan) : std::map<plan::ColumnId, const Row*>{};
  for (const plan::ColumnId id : plan.columns.ids()) {
    const auto row = rows.find(id);
    if (columns[id.value].external) {
      columns[id.value].offset = arena.reserve(sizeof(runtime::TapeSlot));
    } else if (row == rows.end()) {
      place(columns, {id}, plan.columns[id].buffers, lanes, arena);
    } else if (row->second->front() == id) {
      place(columns, *row->second, plan.columns[id].buffers, lanes, arena);
    }
  }
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
    case plan::Scalar::Double:
      return CellType::Real64;
    case plan::Scalar::Real:
      return precision == plan::Precision::Single ? CellType::Real32 : CellType::Real64;
  }
  BOUTON_UNREACHABLE("scalar type");
}

runtime::ArenaLayout build_layout(const plan::Plan& plan, const CodeForm& form) {
  runtime::ArenaLayout layout;
  layout.lanes = form.lanes;
  Arena arena;
  layout.seeds_offset = arena.reserve(std::int64_t{8} * form.lanes);
  layout.status_offset = arena.reserve(sizeof(runtime::StatusSlot));
  layout.observer_count = static_cast<std::int64_t>(plan.observers.size());
  layout.observers_offset = arena.reserve(layout.observer_count *
                                          static_cast<std::int64_t>(sizeof(runtime::ObserverSlot)));
  place_columns(plan, form.lanes, has_packs(form), arena, layout.columns);
  layout.bytes = arena.size();
  return layout;
}

}  // namespace bouton::image
