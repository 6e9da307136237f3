// Files of the published code's golden data, tests/reference/sal.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "runtime/tensor/tensor.h"

namespace bouton::numeric {

// The text of a file of the reference.
[[nodiscard]] std::string read_reference(const std::string& name);

// A number, a vector or a matrix.
[[nodiscard]] runtime::Tensor tensor_of(const nlohmann::json& numbers);

}  // namespace bouton::numeric
