// Single values as members of a group.
#pragma once

#include <string>

#include "runtime/hdf5/new_file.h"
#include "runtime/tensor/value.h"

namespace bouton::runtime::hdf5 {

// A dataset; for a list or record a group with the attribute `kind`.
Handle write_value(NewFile& file, hid_t parent, const std::string& name, const Value& value);

}  // namespace bouton::runtime::hdf5
