#include "tests/unit/parse/parsing.h"

#include <fmt/format.h>

#include <sstream>
#include <variant>

#include "compiler/ast/dump.h"
#include "compiler/parse/parse.h"

namespace bouton::parse {
namespace {

std::vector<std::string> lines_of(const Parsed& parsed) {
  if (!parsed.file) return parsed.messages;
  std::vector<std::string> lines;
  std::istringstream dump(ast::dump(*parsed.file));
  std::string line;
  std::getline(dump, line);  // the experiment or rule around it
  while (std::getline(dump, line)) lines.push_back(line.substr(2));
  return lines;
}

}  // namespace

Parsed parse_text(std::string_view text) {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const auto id = std::get<source::FileId>(sources.add_text("test.bouton", text));
  Parsed parsed{parse(sources, id, diagnostics), {}};
  for (const auto& message : diagnostics.all()) {
    const auto position = sources.position(id, message.span.begin);
    const std::string hint = message.hint.empty() ? "" : " (" + message.hint + ")";
    parsed.messages.push_back(
        fmt::format("{}:{} {}{}", position.line, position.column, message.headline, hint));
  }
  return parsed;
}

std::string structure_of(std::string_view expression) {
  const auto lines = lines_of(parse_text(fmt::format("experiment E {{\nx = {}\n}}", expression)));
  return lines.front().starts_with("x = ") ? lines.front().substr(4) : lines.front();
}

std::vector<std::string> statements_of(std::string_view body) {
  return lines_of(parse_text(fmt::format("experiment E {{\n{}\n}}", body)));
}

std::vector<std::string> items_of(std::string_view body) {
  return lines_of(parse_text(fmt::format("rule R {{\n{}\n}}", body)));
}

}  // namespace bouton::parse
