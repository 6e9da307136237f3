#include "compiler/diagnostics/paint.h"

namespace bouton::diagnostics {
namespace {

std::string_view escape_of(Style style) {
  switch (style) {
    case Style::Plain:
      return "";
    case Style::Bold:
      return "\x1b[1m";
    case Style::Error:
      return "\x1b[1;31m";
    case Style::Warning:
      return "\x1b[1;33m";
    case Style::Note:
      return "\x1b[1;36m";
    case Style::Frame:
      return "\x1b[1;34m";
  }
  return "";
}

}  // namespace

std::string Paint::operator()(Style style, std::string_view text) const {
  if (!enabled || style == Style::Plain || text.empty()) return std::string(text);
  return std::string(escape_of(style)).append(text).append("\x1b[0m");
}

}  // namespace bouton::diagnostics
