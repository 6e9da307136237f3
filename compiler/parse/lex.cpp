#include "compiler/parse/lex.h"

#include <array>
#include <memory>
#include <string>
#include <utility>

#include "bouton_grammar/BoutonLexer.h"

namespace bouton::parse {
namespace {

using diagnostics::Kind;
using grammar::BoutonLexer;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// ANTLR counts code points, spans count bytes: the byte offset of every code point and of the end.
std::vector<std::uint32_t> code_point_offsets(std::string_view text) {
  std::vector<std::uint32_t> offsets;
  offsets.reserve(text.size() + 1);
  // ANTLR drops a leading mark without counting it.
  for (std::size_t i = text.starts_with(kByteOrderMark) ? 3 : 0; i < text.size(); ++i) {
    const bool continuation = (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
    if (!continuation) offsets.push_back(static_cast<std::uint32_t>(i));
  }
  offsets.push_back(static_cast<std::uint32_t>(text.size()));
  return offsets;
}

// What somebody who typed this character most likely wanted.
std::string hint_for(std::string_view character) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kHints{{
      {"%", "the remainder is `a mod b`"},
      {"!", "negation is `not a`, inequality `a != b`"},
      {"&", "conjunction is `a and b`"},
      {"|", "alternative is `a or b`, the absolute value `abs(a)`"},
      {"×", "the product is `a * b`"},
      {"·", "the product is `a * b`"},
      {"÷", "the quotient is `a / b`"},
      {"−", "this is a typographic minus sign; use `-`"},
      {"–", "this is a dash; use `-`"},
      {"→", "write `->`"},
      {"≤", "write `<=`"},
      {"≥", "write `>=`"},
      {"≠", "write `!=`"},
      {"“", "strings stand in straight quotes: `\"text\"`"},
      {"”", "strings stand in straight quotes: `\"text\"`"},
      {"²", "powers are written `x^2`"},
  }};
  for (const auto& [wanted, hint] : kHints) {
    if (character == wanted) return std::string(hint);
  }
  if (character == "\u00A0") return "this is a no-break space; use an ordinary blank";
  return "comments begin with `#`, strings stand in `\"…\"`";
}

std::string shown(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character.front());
  if (byte >= 0x20U && byte != 0x7FU) return std::string(character);
  constexpr std::string_view kDigits = "0123456789abcdef";
  return std::string("\\x") + kDigits[byte >> 4U] + kDigits[byte & 15U];
}

class Collector {
 public:
  Collector(std::string_view text, source::FileId file, SyntaxLog& log)
      : text_(text), file_(file), log_(log), offsets_(code_point_offsets(text)) {}

  void add(const antlr4::Token& token) {
    const source::Span span = span_of(token);
    switch (token.getType()) {
      case BoutonLexer::COMMENT:
        lexed_.comments.push_back(span);
        return;
      case BoutonLexer::UNKNOWN:
        report_unknown(span);
        return;
      case BoutonLexer::UNTERMINATED_STRING:
        add_unterminated(span);
        return;
      default:
        lexed_.tokens.push_back({token.getType(), span});
    }
  }

  void report_too_long(const antlr4::Token& token) {
    log_.report(Kind::FileTooLong, span_of(token), {std::to_string(kMaximumWords)})
        .hint("keep data in a file of its own and `load` it");
  }

  Lexed finish() && {
    const auto end = static_cast<std::uint32_t>(text_.size());
    lexed_.tokens.push_back({antlr4::Token::EOF, {file_, end, end}});
    return std::move(lexed_);
  }

 private:
  source::Span span_of(const antlr4::Token& token) const {
    return {file_, offsets_[token.getStartIndex()], offsets_[token.getStopIndex() + 1]};
  }

  // Brackets in it that close what was opened before it go on doing so: one missing quote is one
  // error.
  void add_unterminated(source::Span span) {
    log_.report(Kind::UnterminatedString, span).hint("a string ends with `\"` on its line");
    const Tokens closers = closers_in(span);
    source::Span string = span;
    if (!closers.empty()) string.end = closers.front().span.begin;
    lexed_.tokens.push_back({BoutonLexer::STRING, string});
    lexed_.tokens.insert(lexed_.tokens.end(), closers.begin(), closers.end());
  }

  // The closing brackets that no opening one in the same stretch belongs to.
  [[nodiscard]] Tokens closers_in(source::Span span) const {
    constexpr std::string_view kOpening = "([{";
    constexpr std::string_view kClosing = ")]}";
    static constexpr std::array<TokenType, 3> kTypes{
        BoutonLexer::RIGHT_PAREN, BoutonLexer::RIGHT_BRACKET, BoutonLexer::RIGHT_BRACE};
    Tokens closers;
    std::size_t open = 0;
    for (std::uint32_t at = span.begin; at < span.end; ++at) {
      const std::size_t closing = kClosing.find(text_[at]);
      if (kOpening.find(text_[at]) != std::string_view::npos) ++open;
      if (closing == std::string_view::npos) continue;
      if (open > 0)
        --open;
      else
        closers.push_back({kTypes[closing], {file_, at, at + 1}});
    }
    return closers;
  }

  // A run of such characters is one message.
  void report_unknown(source::Span span) {
    const bool continues = unknown_end_ == span.begin && span.begin > 0;
    unknown_end_ = span.end;
    if (continues || log_.full()) return;
    const std::string_view character = text_.substr(span.begin, span.end - span.begin);
    log_.report(Kind::UnknownCharacter, span, {shown(character)}).hint(hint_for(character));
  }

  std::string_view text_;
  source::FileId file_;
  SyntaxLog& log_;
  std::vector<std::uint32_t> offsets_;
  std::uint32_t unknown_end_ = 0;
  Lexed lexed_;
};

}  // namespace

std::optional<Lexed> lex(std::string_view text, source::FileId file, SyntaxLog& log) {
  antlr4::ANTLRInputStream input{std::string(text)};
  BoutonLexer lexer(&input);
  lexer.removeErrorListeners();
  Collector collector(text, file, log);
  for (std::size_t words = 0;; ++words) {
    const std::unique_ptr<antlr4::Token> token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF) return std::move(collector).finish();
    if (words == kMaximumWords) {
      collector.report_too_long(*token);
      return std::nullopt;
    }
    collector.add(*token);
  }
}

}  // namespace bouton::parse
