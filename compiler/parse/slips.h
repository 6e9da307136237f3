// Habits of other languages: `dw/dt = …`, `x**2`, `elif`, `// comment`. Known by the words around
// the one that does not fit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "compiler/parse/token.h"

namespace bouton::parse {

// How Bouton writes what was meant; empty if nothing is known. `token` is the one that does not
// fit, `statement` the first of its statement.
[[nodiscard]] std::string hint_about_slip(const Tokens& tokens, std::size_t token,
                                          std::size_t statement, std::string_view text);

}  // namespace bouton::parse
