// Which build of which program this is, libraries included: what code that it makes depends on
// besides its input.
#pragma once

#include <optional>
#include <string>

namespace bouton::cache {

// The build ids that linkers leave in the program and in the shared libraries it has loaded;
// nothing if the program has none.
[[nodiscard]] std::optional<std::string> identity_of_this_program();

}  // namespace bouton::cache
