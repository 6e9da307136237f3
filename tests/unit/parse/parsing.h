// Text in, tree or messages out: what every test of the parser begins with.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/decl.h"

namespace bouton::parse {

struct Parsed {
  std::optional<ast::File> file;
  std::vector<std::string> messages;  // "line:column headline", with " (hint)" if there is one
};

[[nodiscard]] Parsed parse_text(std::string_view text);

// The dump of the value of `x = …`, or its first message.
[[nodiscard]] std::string structure_of(std::string_view expression);
// The dumps of the statements of an experiment's body, as lines without their indentation.
[[nodiscard]] std::vector<std::string> statements_of(std::string_view body);
// The same for the items of a rule.
[[nodiscard]] std::vector<std::string> items_of(std::string_view body);

}  // namespace bouton::parse
