// A function in a process of its own: libhdf5 may crash over damaged files, which is no reason for
// the tool to.
#pragma once

#include <functional>
#include <optional>

namespace bouton::driver {

// What `function` returns, 0 to 255; nothing if a signal ended it. It may print.
[[nodiscard]] std::optional<int> run_in_child(const std::function<int()>& function);

}  // namespace bouton::driver
