#include "compiler/parse/slips.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "bouton_grammar/BoutonLexer.h"

namespace bouton::parse {
namespace {

// The words around the one that does not fit; empty beyond the file.
struct Words {
  const Tokens& tokens;
  std::size_t token;
  std::size_t statement;
  std::string_view text;

  [[nodiscard]] std::string_view at(std::size_t index) const {
    return index < tokens.size() ? text_of(tokens[index], text) : std::string_view();
  }
  [[nodiscard]] std::string_view found() const { return at(token); }
  [[nodiscard]] std::string_view before() const { return token > 0 ? at(token - 1) : ""; }
  [[nodiscard]] std::string_view after() const { return at(token + 1); }
  [[nodiscard]] std::string_view first() const { return at(statement); }
};

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// What the clauses of a projection begin with.
constexpr auto kClauses =
    std::to_array<std::string_view>({"no", "connect", "via", "weight", "weights", "learning",
                                     "axonal", "dendritic", "backprop", "sign"});

bool is_number(TokenType type) {
  return type == grammar::BoutonLexer::INT || type == grammar::BoutonLexer::REAL;
}

// `dV/dt = …`.
std::string derivative(const Words& words) {
  const std::string_view name = words.before();
  if (words.found() != "/" || words.after() != "dt" || name.size() < 2 || name.front() != 'd')
    return "";
  return fmt::format("derivatives are written `{}' = …`", name.substr(1));
}

std::string operators(const Words& words) {
  if (words.found() == "*" && words.before() == "*") return "powers are written `x^2`";
  if (words.found() == "/" && (words.after() == "/" || words.before() == "/"))
    return "comments begin with `#`";
  if (words.found() == "'") return "strings stand in `\"…\"`";
  return "";
}

std::string branches(const Words& words) {
  if (is_one_of(words.found(), {"elif", "elseif", "elsif"}))
    return "another condition begins with `else if`";
  if (words.found() == ":" && is_one_of(words.first(), {"if", "for", "else", "while", "on"}))
    return "statements that belong together stand in braces: `{ … }`";
  return "";
}

std::string declarations(const Words& words) {
  if (words.found() == "if" && words.before() == "spike")
    return "a threshold is written `spike when …`";
  if (words.found() == ":" && words.first() == "population")
    return fmt::format("a population has a size: `population {}[1]: …`", words.before());
  if (words.before() == "}" && words.token > words.statement)
    return "what follows begins on a line of its own, or after `;`";
  return "";
}

// `learning SAL(eta = 0.1 tau = 10 ms)`, where `tau` is read as the unit of 0.1, and `weights 0.1`.
std::string arguments(const Words& words) {
  const bool number = words.token > 1 && is_number(words.tokens[words.token - 2].type);
  if (words.found() == "=" && number)
    return fmt::format("is a `,` missing before `{}`?", words.before());
  if (words.before() == "weights" && is_number(words.tokens[words.token].type))
    return fmt::format("the weight that all synapses begin with is `weight {}`", words.found());
  return "";
}

// `print "rate" r`, `z.I no self`, and two observations on one line.
std::string separators(const Words& words) {
  const TokenType found = words.tokens[words.token].type;
  const bool begins_value = found == grammar::BoutonLexer::STRING ||
                            found == grammar::BoutonLexer::IDENT || is_number(found);
  if (is_one_of(words.first(), {"print", "record"}) && begins_value)
    return fmt::format("is a `,` missing before `{}`?", words.found());
  if (words.first() == "projection" && std::ranges::find(kClauses, words.found()) != kClauses.end())
    return fmt::format("is a `,` missing before `{}`?", words.found());
  if (words.found() == "," && words.at(words.token + 2) == "=")
    return "what follows begins on a line of its own, or after `;`";
  return "";
}

}  // namespace

std::string hint_about_slip(const Tokens& tokens, std::size_t token, std::size_t statement,
                            std::string_view text) {
  const Words words{tokens, token, statement, text};
  for (const auto& hint :
       std::array{derivative, operators, branches, declarations, arguments, separators})
    if (std::string known = hint(words); !known.empty()) return known;
  return "";
}

}  // namespace bouton::parse
