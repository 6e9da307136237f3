// Arrays in HDF5 files. A nan, and a whole number that a double does not hold, are refused.
#pragma once

#include <optional>
#include <string>

#include "runtime/base/result.h"
#include "runtime/tensor/tensor.h"

namespace bouton::runtime {

// `at` is the path of the dataset, `group/name`; it may be left out where the file has only one.
Result<Tensor> read_hdf5(std::string bytes, const std::optional<std::string>& at);

}  // namespace bouton::runtime
