#include "runtime/hdf5/column_writer.h"

#include "runtime/hdf5/column_layout.h"
#include "runtime/hdf5/padded.h"
#include "runtime/hdf5/write_value.h"

namespace bouton::runtime::hdf5 {
namespace {

Handle add_cells(const ColumnPlace& place, Cell cell, const std::vector<std::size_t>& inner) {
  Handle dataset = place.file.add_dataset(place.tables, place.table.names[place.index], cell,
                                          layout_of_column(place.table, place.axes, inner));
  place.file.add_attribute(dataset.id(), "unit", place.unit);
  place.names.attach(dataset.id(), place.table.names[place.index], inner);
  return dataset;
}

Handle add_shapes(const ColumnPlace& place, std::size_t rank) {
  Handle dataset =
      place.file.add_dataset(place.shapes, place.table.names[place.index], Cell::Integer,
                             layout_of_column(place.table, place.axes, {rank}));
  place.names.attach(dataset.id(), place.table.names[place.index] + "_shape", {rank});
  return dataset;
}

const MergedColumn& column_of(const ColumnPlace& place) { return place.table.columns[place.index]; }

// Whether padding would make the file much larger than what it holds.
bool can_be_padded(const MergedTable& table, const MergedColumn& column) {
  constexpr double kMostFold = 4;
  constexpr double kAlways = 1 << 16;
  if (!column.one_rank) return false;
  auto cells = static_cast<double>(table.all_rows());
  for (const std::size_t extent : column.largest) cells *= static_cast<double>(extent);
  return cells <= kMostFold * static_cast<double>(column.elements) + kAlways;
}

}  // namespace

NumberColumn::NumberColumn(const ColumnPlace& place)
    : inner_(column_of(place).largest),
      cells_(place.file, add_cells(place, Cell::Number, inner_), &place.axes, inner_) {
  const std::size_t rank = inner_.size();
  if (!column_of(place).one_shape)
    shapes_.emplace(place.file, add_shapes(place, rank), &place.axes, std::vector{rank});
}

void NumberColumn::add(std::size_t replica, std::size_t row, const Value& value) {
  const Tensor& tensor = *value.as<Tensor>();
  if (!shapes_) return cells_.add(replica, row, 1, tensor.data());
  const auto extents = tensor.shape().extents();
  const std::vector<std::int64_t> shape(extents.begin(), extents.end());
  shapes_->add(replica, row, 1, shape);
  cells_.add(replica, row, 1, padded(tensor, inner_));
}

void NumberColumn::flush() {
  cells_.flush();
  if (shapes_) shapes_->flush();
}

TruthColumn::TruthColumn(const ColumnPlace& place)
    : cells_(place.file, add_cells(place, Cell::Truth, {}), &place.axes, {}) {}

void TruthColumn::add(std::size_t replica, std::size_t row, const Value& value) {
  const std::uint8_t truth = *value.as<bool>() ? 1 : 0;
  cells_.add(replica, row, 1, {&truth, 1});
}

TextColumn::TextColumn(const ColumnPlace& place)
    : cells_(place.file, add_cells(place, Cell::Text, {}), &place.axes, {}) {}

void TextColumn::add(std::size_t replica, std::size_t row, const Value& value) {
  cells_.add(replica, row, 1, {value.as<std::string>(), 1});
}

MemberColumn::MemberColumn(const ColumnPlace& place)
    : file_(place.file), group_(file_.add_group(place.tables, place.table.names[place.index])) {
  file_.add_attribute(group_.id(), "kind", std::string("rows"));
  file_.add_attribute(group_.id(), "unit", place.unit);
  std::size_t first = 0;
  for (const std::uint64_t rows : place.table.rows) {
    first_.push_back(first);
    first += rows;
  }
}

void MemberColumn::add(std::size_t replica, std::size_t row, const Value& value) {
  write_value(file_, group_.id(), std::to_string(first_[replica] + row), value);
}

ColumnWriter make_column_writer(const ColumnPlace& place) {
  using Kind = MergedColumn::Kind;
  const MergedColumn& column = column_of(place);
  if (column.kind == Kind::Numbers && can_be_padded(place.table, column))
    return NumberColumn(place);
  if (column.kind == Kind::Truths) return TruthColumn(place);
  if (column.kind == Kind::Texts) return TextColumn(place);
  if (column.kind == Kind::Spikes) return SpikeColumn(place);
  return MemberColumn(place);
}

}  // namespace bouton::runtime::hdf5
