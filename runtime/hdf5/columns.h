// Columns of a table and single values as members of a group.
#pragma once

#include <string>

#include "runtime/hdf5/image.h"
#include "runtime/hdf5/merged_table.h"

namespace bouton::runtime::hdf5 {

// A dataset; for a list or record a group with the attribute `kind`.
Handle write_value(Image& image, hid_t parent, const std::string& name, const Value& value);

// The column at `index` of a table: one dataset where all rows have one shape, else a group of kind
// `rows` with one member per row.
Handle write_column(Image& image, hid_t parent, const MergedTable& table, std::size_t index);

[[nodiscard]] bool holds_spikes(const MergedTable& table, std::size_t index);

}  // namespace bouton::runtime::hdf5
