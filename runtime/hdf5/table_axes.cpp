#include "runtime/hdf5/table_axes.h"

#include <fmt/format.h>

namespace bouton::runtime::hdf5 {

TableAxes::Axis TableAxes::add(const std::string& name, std::size_t size) {
  std::string free = name;
  for (int i = 1; !names_.insert(free).second; ++i) free = fmt::format("{}_{}", name, i);
  Handle scale = file_.add_dataset(tables_, free, Cell::Integer, {{size}});
  // The words by which netCDF knows a dimension that has no coordinates.
  file_.make_scale(scale.id(), fmt::format("This is a netCDF dimension but not a netCDF variable. "
                                           "{:10}",
                                           size));
  return {free, std::move(scale)};
}

void TableAxes::begin_table(const MergedTable& table) {
  names_.insert(table.names.begin(), table.names.end());
  row_.emplace(add("row", table.most_rows()));
}

void TableAxes::attach(hid_t dataset, std::size_t place, const Axis& axis) {
  file_.attach_scale(dataset, place, axis.scale.id());
  file_.label_axis(dataset, place, axis.name);
}

void TableAxes::attach(hid_t dataset, const std::string& column,
                       const std::vector<std::size_t>& inner) {
  replicas_.attach(dataset);
  std::size_t place = replicas_.extents().size();
  attach(dataset, place++, *row_);
  for (std::size_t i = 0; i < inner.size(); ++i)
    attach(dataset, place++, add(fmt::format("{}_{}", column, i), inner[i]));
}

}  // namespace bouton::runtime::hdf5
