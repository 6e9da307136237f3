#include <charconv>
#include <string>
#include <system_error>

#include "compiler/parse/build.h"

namespace bouton::parse {
namespace {

using diagnostics::Kind;

template <typename T>
T parse_number(BuildContext& context, antlr4::Token* token) {
  const std::string spelling = token->getText();
  T value{};
  const auto result = std::from_chars(spelling.data(), spelling.data() + spelling.size(), value);
  const bool vanishing =
      spelling.find("e-") != std::string::npos || spelling.find("E-") != std::string::npos;
  if (result.ec == std::errc::result_out_of_range && !vanishing) {
    context.log.report(Kind::NumberTooLarge, span_of(context, token), {spelling});
  }
  return value;
}

ast::UnitPower build_unit(BuildContext& context, Grammar::QuantityContext* node) {
  const source::Span unit = span_of(context, node->UNIT());
  ast::UnitPower power{{node->UNIT()->getText(), unit}, 1, unit};
  if (node->exponent != nullptr) {
    power.exponent = parse_number<int>(context, node->exponent);
    if (node->MINUS() != nullptr) power.exponent = -power.exponent;
    power.span = source::join(unit, span_of(context, node->exponent));
  }
  return power;
}

void append_escape(BuildContext& context, char escaped, source::Span span, std::string& value) {
  switch (escaped) {
    case 'n':
      value += '\n';
      return;
    case 't':
      value += '\t';
      return;
    case '"':
      value += '"';
      return;
    case '\\':
      value += '\\';
      return;
    default:
      break;
  }
  context.log.report(Kind::UnknownEscape, span, {std::string(context.text.substr(span.begin, 2))})
      .hint("the escapes are `\\n`, `\\t`, `\\\"` and `\\\\`");
}

}  // namespace

ast::Number build_number(BuildContext& context, Grammar::QuantityContext* node) {
  ast::Number number;
  number.spelling = node->number->getText();
  number.value = parse_number<double>(context, node->number);
  number.integer = node->number->getType() == Grammar::INT;
  if (node->UNIT() != nullptr) number.unit = build_unit(context, node);
  return number;
}

std::string build_text(BuildContext& context, const antlr4::tree::TerminalNode* string) {
  const source::Span span = span_of(context, string);
  std::string value;
  for (std::uint32_t i = span.begin + 1; i + 1 < span.end; ++i) {
    if (context.text[i] != '\\') {
      value += context.text[i];
      continue;
    }
    append_escape(context, context.text[i + 1], {span.file, i, i + 2}, value);
    ++i;
  }
  return value;
}

}  // namespace bouton::parse
