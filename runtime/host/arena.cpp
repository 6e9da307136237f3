#include "runtime/host/arena.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "runtime/base/check.h"

namespace bouton::runtime {

namespace {

template <typename T>
T read_cell(const unsigned char* at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  return value;
}

template <typename T>
void write_cell(unsigned char* at, T value) {
  std::memcpy(at, &value, sizeof(T));
}

Shape shape_of(const ColumnLayout& column) {
  std::vector<std::size_t> extents(column.extents.begin(), column.extents.end());
  auto shape = make_shape(extents);
  require(shape.ok(), "a column that is no array");
  return *shape;
}

// The numbers that a cell of whole numbers holds: first <= x < end.
struct Limits {
  double first;
  double end;
};
std::optional<Limits> limits_of(const ColumnLayout& column) {
  switch (column.type) {
    case CellType::Int32:
      return Limits{-0x1p31, 0x1p31};
    case CellType::UInt32:
      return Limits{0, 0x1p32};
    case CellType::Int64:
      return Limits{-0x1p63, 0x1p63};
    case CellType::UInt64:
      return Limits{0, 0x1p64};
    case CellType::Fixed64:
      return Limits{-std::ldexp(1, 63 - column.fraction_bits),
                    std::ldexp(1, 63 - column.fraction_bits)};
    default:
      return std::nullopt;
  }
}

double number_at(const ColumnLayout& column, const unsigned char* at) {
  switch (column.type) {
    case CellType::Bool8:
      return read_cell<std::uint8_t>(at);
    case CellType::Int32:
      return read_cell<std::int32_t>(at);
    case CellType::UInt32:
      return read_cell<std::uint32_t>(at);
    case CellType::Int64:
      return static_cast<double>(read_cell<std::int64_t>(at));
    case CellType::UInt64:
      return static_cast<double>(read_cell<std::uint64_t>(at));
    case CellType::Fixed64:
      return std::ldexp(static_cast<double>(read_cell<std::int64_t>(at)), -column.fraction_bits);
    case CellType::Real32:
      return static_cast<double>(read_cell<float>(at));
    case CellType::Real64:
      return read_cell<double>(at);
  }
  return 0;
}

// Blocks without a branch are looked through in vectors.
template <typename Real>
std::optional<std::int64_t> find_nan_among(const unsigned char* begin, std::int64_t cells) {
  constexpr std::int64_t kBlock = 256;
  const auto is_nan = [&](std::int64_t i) {
    return std::isnan(read_cell<Real>(begin + i * static_cast<std::int64_t>(sizeof(Real))));
  };
  for (std::int64_t first = 0; first < cells; first += kBlock) {
    const std::int64_t end = std::min(first + kBlock, cells);
    bool found = false;
    for (std::int64_t i = first; i < end; ++i) found |= is_nan(i);
    if (!found) continue;
    while (!is_nan(first)) ++first;
    return first;
  }
  return std::nullopt;
}

}  // namespace

std::unique_ptr<Arena> Arena::create(const ArenaLayout& layout) {
  const auto bytes = static_cast<std::size_t>(std::max<std::int64_t>(layout.bytes, 64));
  auto* memory = static_cast<unsigned char*>(std::aligned_alloc(64, (bytes + 63) / 64 * 64));
  if (memory == nullptr) return nullptr;
  std::memset(memory, 0, bytes);
  return std::unique_ptr<Arena>(new Arena(layout, memory));
}

Arena::Arena(const ArenaLayout& layout, unsigned char* memory)
    : layout_(layout), memory_(memory), tapes_(layout.columns.size()) {}

std::int64_t Arena::cell_offset(const ColumnLayout& column, std::int64_t element, int lane) const {
  const std::int64_t cell = column.per_lane ? element * layout_.lanes + lane : element;
  return cell * bytes_of(column.type);
}

Shape Arena::shape(std::uint32_t column) const { return shape_of(layout_.columns[column]); }

Tensor Arena::read(std::uint32_t index, int lane) const {
  const ColumnLayout& column = layout_.columns[index];
  Tensor cells(shape_of(column));
  for (std::size_t i = 0; i < cells.size(); ++i)
    cells[i] = number_at(column, memory_.get() + column.offset +
                                     cell_offset(column, static_cast<std::int64_t>(i), lane));
  return cells;
}

std::optional<double> Arena::find_unfit(std::uint32_t column, const Tensor& cells) const {
  const auto limits = limits_of(layout_.columns[column]);
  if (!limits) return std::nullopt;
  for (const double number : cells.data())
    if (!(limits->first <= number && number < limits->end)) return number;
  return std::nullopt;
}

std::optional<std::int64_t> Arena::find_nan(std::uint32_t index) const {
  const ColumnLayout& column = layout_.columns[index];
  const std::int64_t lanes = column.per_lane ? layout_.lanes : 1;
  const auto cells = static_cast<std::int64_t>(shape_of(column).elements()) * lanes;
  const unsigned char* begin = memory_.get() + column.offset;
  const auto cell = column.type == CellType::Real32 ? find_nan_among<float>(begin, cells)
                                                    : find_nan_among<double>(begin, cells);
  if (!cell) return std::nullopt;
  return *cell / lanes;
}

void Arena::store(const ColumnLayout& column, std::int64_t offset, double number) {
  unsigned char* at = memory_.get() + offset;
  switch (column.type) {
    case CellType::Bool8:
      return write_cell(at, static_cast<std::uint8_t>(number != 0.0));
    case CellType::Int32:
      return write_cell(at, static_cast<std::int32_t>(number));
    case CellType::UInt32:
      return write_cell(at, static_cast<std::uint32_t>(number));
    case CellType::Int64:
      return write_cell(at, static_cast<std::int64_t>(number));
    case CellType::UInt64:
      return write_cell(at, static_cast<std::uint64_t>(number));
    case CellType::Fixed64:
      return write_cell(
          at, static_cast<std::int64_t>(std::nearbyint(std::ldexp(number, column.fraction_bits))));
    case CellType::Real32:
      return write_cell(at, static_cast<float>(number));
    case CellType::Real64:
      return write_cell(at, number);
  }
}

void Arena::write(std::uint32_t index, int lane, const Tensor& cells) {
  const ColumnLayout& column = layout_.columns[index];
  require(static_cast<std::int64_t>(cells.size()) == column.elements(),
          "a column is assigned another shape");
  require(!find_unfit(index, cells), "a column is assigned a number that it cannot hold");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::int64_t cell = cell_offset(column, static_cast<std::int64_t>(i), lane);
    store(column, column.offset + cell, cells[i]);
    if (column.next_offset != kNoOffset) store(column, column.next_offset + cell, cells[i]);
    if (column.previous_offset != kNoOffset) store(column, column.previous_offset + cell, cells[i]);
  }
}

std::int64_t Arena::read_whole(std::uint32_t index, int lane) const {
  const ColumnLayout& column = layout_.columns[index];
  return read_cell<std::int64_t>(memory_.get() + column.offset + cell_offset(column, 0, lane));
}

void Arena::set_tape(std::uint32_t index, int lane, const Tensor& rows) {
  const ColumnLayout& column = layout_.columns[index];
  const auto lanes = static_cast<std::size_t>(column.per_lane ? layout_.lanes : 1);
  std::vector<double>& cells = tapes_[index];
  cells.resize(std::max(cells.size(), rows.size() * lanes), 0.0);
  for (std::size_t i = 0; i < rows.size(); ++i)
    cells[i * lanes + (column.per_lane ? static_cast<std::size_t>(lane) : 0)] = rows[i];
  const TapeSlot slot{cells.data(), static_cast<std::int64_t>(rows.shape()[0])};
  write_cell(memory_.get() + column.offset, slot);
}

namespace {

// Where the buffers of a column begin.
std::vector<std::int64_t> buffers_of(const ColumnLayout& column) {
  std::vector<std::int64_t> offsets = {column.offset};
  if (column.next_offset != kNoOffset) offsets.push_back(column.next_offset);
  if (column.previous_offset != kNoOffset) offsets.push_back(column.previous_offset);
  return offsets;
}

std::size_t bytes_in(const ColumnLayout& column, int lanes) {
  return static_cast<std::size_t>(column.elements() * (column.per_lane ? lanes : 1) *
                                  bytes_of(column.type));
}

}  // namespace

void Arena::begin_previous(std::uint32_t index) {
  const ColumnLayout& column = layout_.columns[index];
  if (column.previous_offset == kNoOffset) return;
  std::memcpy(memory_.get() + column.previous_offset, memory_.get() + column.offset,
              bytes_in(column, layout_.lanes));
}

void Arena::save(Encoder& encoder) const {
  encoder.add_word(layout_.columns.size());
  for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
    const ColumnLayout& column = layout_.columns[i];
    encoder.add_text(column.name);
    if (column.external) {
      encoder.add_whole(read_cell<TapeSlot>(memory_.get() + column.offset).rows);
      encoder.add_numbers(tapes_[i]);
      continue;
    }
    for (const std::int64_t offset : buffers_of(column))
      encoder.add_text(
          {reinterpret_cast<const char*>(memory_.get() + offset), bytes_in(column, layout_.lanes)});
  }
}

void Arena::restore(Decoder& decoder) {
  if (decoder.word() != layout_.columns.size()) return decoder.fail();
  for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
    const ColumnLayout& column = layout_.columns[i];
    if (decoder.text() != column.name) return decoder.fail();
    if (column.external) {
      const std::int64_t rows = decoder.whole();
      tapes_[i] = decoder.numbers();
      const std::int64_t lanes = column.per_lane ? layout_.lanes : 1;
      if (static_cast<std::int64_t>(tapes_[i].size()) < rows * column.extents.back() * lanes)
        return decoder.fail();
      write_cell(memory_.get() + column.offset,
                 TapeSlot{rows == 0 ? nullptr : tapes_[i].data(), rows});
      continue;
    }
    for (const std::int64_t offset : buffers_of(column)) {
      const std::string cells = decoder.text();
      if (cells.size() != bytes_in(column, layout_.lanes)) return decoder.fail();
      std::memcpy(memory_.get() + offset, cells.data(), cells.size());
    }
  }
}

void Arena::set_seed(int lane, std::uint64_t seed) {
  write_cell(memory_.get() + layout_.seeds_offset + std::int64_t{8} * lane, seed);
}

StatusSlot& Arena::status() {
  return *reinterpret_cast<StatusSlot*>(memory_.get() + layout_.status_offset);
}

ObserverSlot& Arena::observer(std::uint32_t index) {
  return reinterpret_cast<ObserverSlot*>(memory_.get() + layout_.observers_offset)[index];
}

}  // namespace bouton::runtime
