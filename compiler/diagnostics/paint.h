// Terminal colours, or none.
#pragma once

#include <string>
#include <string_view>

namespace bouton::diagnostics {

enum class Style { Plain, Bold, Error, Warning, Note, Frame };

struct Paint {
  bool enabled = false;

  [[nodiscard]] std::string operator()(Style style, std::string_view text) const;
};

}  // namespace bouton::diagnostics
