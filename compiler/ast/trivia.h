// Comments and blank lines: what the formatter must give back and the meaning ignores.
//
// They hang on whatever stands on lines of its own (declaration, parameter, statement, observation,
// sweep axis). A comment inside an expression moves in front of the statement it was found in. `##
// …` is documentation of what follows it (or, at the end of a line, of what it follows).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/source/span.h"

namespace bouton::ast {

struct Comment {
  std::string text;  // without the marker and one leading space
  bool documentation = false;
  bool blank_line_before = false;
  source::Span span;
};

struct Trivia {
  std::vector<Comment> before;
  std::optional<Comment> trailing;
  bool blank_line_before =
      false;  // between the comments before (or whatever precedes) and the thing itself
};

// The `##` comments of a thing, one line each, joined by newlines; empty if it has none.
[[nodiscard]] std::string documentation(const Trivia& trivia);

}  // namespace bouton::ast
