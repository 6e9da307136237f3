// A whole file as bytes. Bounded, so that a device or a mistaken path cannot eat the memory:
// reading stops soon after `maximum_bytes`, and a result longer than that means that there was
// more.
#pragma once

#include <cstddef>
#include <string>
#include <variant>

namespace bouton::source {

struct ReadFailure {
  std::string reason;  // lower case, no full stop
};

[[nodiscard]] std::variant<std::string, ReadFailure> read_file(const std::string& path,
                                                               std::size_t maximum_bytes);

}  // namespace bouton::source
