#include "compiler/parse/layout.h"

#include <algorithm>
#include <string>

#include "bouton_grammar/BoutonLexer.h"

namespace bouton::parse {
namespace {

using diagnostics::Kind;
using grammar::BoutonLexer;

bool is_opener(TokenType type) {
  return type == BoutonLexer::LEFT_PAREN || type == BoutonLexer::LEFT_BRACKET ||
         type == BoutonLexer::LEFT_BRACE;
}

bool is_closer(TokenType type) {
  return type == BoutonLexer::RIGHT_PAREN || type == BoutonLexer::RIGHT_BRACKET ||
         type == BoutonLexer::RIGHT_BRACE;
}

TokenType closer_of(TokenType opener) {
  if (opener == BoutonLexer::LEFT_PAREN) return BoutonLexer::RIGHT_PAREN;
  return opener == BoutonLexer::LEFT_BRACKET ? BoutonLexer::RIGHT_BRACKET
                                             : BoutonLexer::RIGHT_BRACE;
}

bool is_assignment(TokenType type) {
  return type == BoutonLexer::ASSIGN ||
         (type >= BoutonLexer::PLUS_ASSIGN && type <= BoutonLexer::DIVIDE_ASSIGN);
}

bool is_binary_operator(TokenType type) {
  return (type >= BoutonLexer::EQUAL && type <= BoutonLexer::GREATER) ||
         (type >= BoutonLexer::PLUS && type <= BoutonLexer::DOTS) || type == BoutonLexer::AND ||
         type == BoutonLexer::OR || type == BoutonLexer::MOD;
}

// After these a line end does not end the statement.
bool continues_on_next_line(TokenType type) {
  return type == BoutonLexer::COMMA || type == BoutonLexer::COLON || type == BoutonLexer::ARROW ||
         is_assignment(type) || is_binary_operator(type);
}

// Whatever makes a tree one level deeper without a bracket.
bool adds_depth(TokenType type) {
  return is_binary_operator(type) || type == BoutonLexer::NOT || type == BoutonLexer::IF ||
         type == BoutonLexer::ELSE || type == BoutonLexer::DOT || type == BoutonLexer::PRIME;
}

bool starts_statement_only(TokenType type) {
  return opens_declaration(type) || type == BoutonLexer::LET || type == BoutonLexer::VAR ||
         type == BoutonLexer::FOR || type == BoutonLexer::ON;
}

// One open bracket. The count of operators inside goes on from where the bracket stands, so that
// it bounds the depth of the tree at every point.
struct Level {
  TokenType opener = 0;
  std::size_t word = 0;     // where it stands among the words
  std::size_t base = 0;     // operators before it
  std::size_t deepest = 0;  // largest count of the parts that are complete
};

class Filter {
 public:
  Filter(const Tokens& words, std::string_view text, SyntaxLog& log)
      : words_(words), text_(text), log_(log) {}

  std::optional<Tokens> run() {
    while (at_ < words_.size()) {
      step(words_[at_]);
      if (exceeded_) return std::nullopt;
    }
    return std::move(out_);
  }

 private:
  void step(const Token& word) {
    if (inside_parentheses() && ends_parentheses(word)) return close_parentheses();
    if (has_open_brace() && begins_file_level(word)) close_braces();
    if (inside_parentheses() && word.type == BoutonLexer::SEMICOLON) {
      emit(word);  // for the parser to complain about
    } else if (word.type == BoutonLexer::NEWLINE || word.type == BoutonLexer::SEMICOLON) {
      if (!is_soft_line_end(word)) end_statement(word);
    } else if (is_opener(word.type)) {
      open(word);
    } else if (is_closer(word.type)) {
      close(word);
    } else {
      if (word.type == BoutonLexer::COMMA) finish_part();
      if (adds_depth(word.type)) count_operator(word);
      emit({type_in_context(word), word.span});
    }
    ++at_;
  }

  void emit(Token token) {
    out_.push_back(token);
    origin_.push_back(at_);
  }

  [[nodiscard]] TokenType previous() const { return out_.empty() ? 0 : out_.back().type; }

  [[nodiscard]] TokenType type_in_context(const Token& word) const {
    const TokenType before = previous();
    const bool after_number = before == BoutonLexer::INT || before == BoutonLexer::REAL;
    if (word.type == BoutonLexer::IDENT && after_number) return BoutonLexer::UNIT;
    const bool keyword = is_soft_word(word.type) || is_reserved_word(word.type);
    if (keyword && before == BoutonLexer::DOT) return BoutonLexer::IDENT;
    return word.type;
  }

  // ---- statement ends

  [[nodiscard]] bool is_soft_line_end(const Token& word) const {
    if (word.type == BoutonLexer::SEMICOLON) return false;
    if (inside_parentheses() || continues_on_next_line(previous())) return true;
    return previous() == BoutonLexer::RIGHT_BRACE && next_word_is_else();
  }

  [[nodiscard]] bool next_word_is_else() const {
    std::size_t next = at_;
    while (words_[next].type == BoutonLexer::NEWLINE) ++next;
    return words_[next].type == BoutonLexer::ELSE;
  }

  void end_statement(const Token& word) {
    finish_part();
    if (previous() != BoutonLexer::NEWLINE) emit({BoutonLexer::NEWLINE, word.span});
  }

  // ---- bounds

  void count_operator(const Token& word) {
    if (++count_ <= kMaximumOperators) return;
    exceeded_ = true;
    log_.report(Kind::ExpressionTooLong, word.span, {std::to_string(kMaximumOperators)})
        .hint("split it into several statements, or keep the values in an array");
  }

  // After a comma or a statement, the count goes on from where the surrounding bracket began.
  void finish_part() {
    if (levels_.empty()) {
      count_ = 0;
      return;
    }
    levels_.back().deepest = std::max(levels_.back().deepest, count_);
    count_ = levels_.back().base;
  }

  // ---- brackets

  [[nodiscard]] bool inside_parentheses() const {
    return !levels_.empty() && levels_.back().opener != BoutonLexer::LEFT_BRACE;
  }

  [[nodiscard]] bool has_open_brace() const { return !levels_.empty() && !inside_parentheses(); }

  [[nodiscard]] bool first_on_line() const {
    return at_ > 0 && words_[at_ - 1].type == BoutonLexer::NEWLINE;
  }

  // No expression holds these: the parentheses before them were never closed.
  [[nodiscard]] bool ends_parentheses(const Token& word) const {
    return word.type == BoutonLexer::LEFT_BRACE || word.type == BoutonLexer::RIGHT_BRACE ||
           (word.type == BoutonLexer::SEMICOLON && !is_closed_on_this_line()) ||
           is_end_of_file(word) ||
           (first_on_line() && starts_statement_only(word.type) &&
            !continues_on_next_line(previous()));
  }

  [[nodiscard]] bool is_closed_on_this_line() const {
    std::size_t depth = 1;
    for (std::size_t i = at_; depth > 0; ++i) {
      const TokenType type = words_[i].type;
      if (type == BoutonLexer::NEWLINE || is_end_of_file(words_[i])) return false;
      if (is_opener(type)) ++depth;
      if (is_closer(type)) --depth;
    }
    return true;
  }

  [[nodiscard]] bool begins_file_level(const Token& word) const {
    return is_end_of_file(word) ||
           (first_on_line() && opens_declaration(word.type) && !continues_on_next_line(previous()));
  }

  void open(const Token& word) {
    if (levels_.size() >= kMaximumNesting) {
      exceeded_ = true;
      log_.report(Kind::NestedTooDeeply, word.span, {std::to_string(kMaximumNesting)});
      return;
    }
    count_operator(word);
    levels_.push_back({word.type, at_, count_, count_});
    emit(word);
  }

  void close(const Token& word) {
    const bool brace = word.type == BoutonLexer::RIGHT_BRACE;
    const bool opened = !levels_.empty() && brace != inside_parentheses();
    if (!opened) {
      // The opening bracket may be one that was closed on the user's behalf.
      const auto line = static_cast<std::uint32_t>(line_begin(word));
      if (log_.touches({word.span.file, line, word.span.begin})) return;
      log_.report(Kind::UnopenedBracket, word.span, {std::string(text_of(word, text_))});
      return;
    }
    const Token& opener = words_[levels_.back().word];
    const TokenType expected = closer_of(opener.type);
    if (expected != word.type) report_mismatch(opener, word);
    if (brace) remember_misindented(opener, word);
    close_level({expected, word.span});
  }

  void close_level(Token closer) {
    count_ = std::max(count_, levels_.back().deepest);
    levels_.pop_back();
    emit(closer);
    if (levels_.empty()) misindented_.reset();
  }

  void report_mismatch(const Token& opener, const Token& closer) {
    log_.report(Kind::MismatchedBracket, closer.span,
                {std::string(text_of(opener, text_)), std::string(text_of(closer, text_))})
        .other(opener.span, "opened here");
  }

  // A `}` on a line of its own that is indented unlike the line of its `{` most likely belongs to
  // another one.
  void remember_misindented(const Token& opener, const Token& closer) {
    const std::size_t column = closer.span.begin - line_begin(closer);
    if (misindented_ || line_begin(opener) == line_begin(closer)) return;
    if (indentation(closer) == column && indentation(opener) != column) misindented_ = opener;
  }

  [[nodiscard]] std::size_t line_begin(const Token& token) const {
    if (token.span.begin == 0) return 0;
    const std::size_t line_end = text_.rfind('\n', token.span.begin - 1U);
    return line_end == std::string_view::npos ? 0 : line_end + 1;
  }

  [[nodiscard]] std::uint32_t line_end(const Token& token) const {
    return static_cast<std::uint32_t>(std::min(text_.find('\n', token.span.begin), text_.size()));
  }

  [[nodiscard]] std::size_t indentation(const Token& token) const {
    const std::size_t begin = line_begin(token);
    return std::min(text_.find_first_not_of(" \t", begin), text_.size()) - begin;
  }

  void report_unclosed(const Token& opener) {
    log_.report(Kind::UnclosedBracket, opener.span, {std::string(text_of(opener, text_))})
        .label("opened here")
        .other(words_[at_].span,
               is_end_of_file(words_[at_]) ? "the file ends here" : "this cannot stand inside");
  }

  // As if they had been closed at the end of the line they were opened on.
  void close_parentheses() {
    std::size_t outermost = levels_.size() - 1;
    while (outermost > 0 && levels_[outermost - 1].opener != BoutonLexer::LEFT_BRACE) --outermost;
    const Token& opener = words_[levels_[outermost].word];
    // A string without an end has most likely swallowed the closing one.
    if (!log_.touches({opener.span.file, opener.span.begin, line_end(opener)}))
      report_unclosed(opener);
    rewind_to_line_end(levels_[outermost].word);
    while (levels_.size() > outermost) {
      if (levels_.back().word < at_) {
        close_level({closer_of(levels_.back().opener), words_[at_].span});
      } else {
        levels_.pop_back();
      }
    }
  }

  void rewind_to_line_end(std::size_t word) {
    while (word < at_ && words_[word].type != BoutonLexer::NEWLINE) ++word;
    at_ = word;
    while (!origin_.empty() && origin_.back() >= at_) {
      out_.pop_back();
      origin_.pop_back();
    }
  }

  void close_braces() {
    report_unclosed(misindented_ ? *misindented_ : words_[levels_.back().word]);
    while (!levels_.empty()) close_level({BoutonLexer::RIGHT_BRACE, words_[at_].span});
    emit({BoutonLexer::NEWLINE, words_[at_].span});
    count_ = 0;
  }

  const Tokens& words_;
  std::string_view text_;
  SyntaxLog& log_;
  std::size_t at_ = 0;
  Tokens out_;
  std::vector<std::size_t> origin_;  // of every token of out_: its word
  std::vector<Level> levels_;
  std::size_t count_ = 0;
  std::optional<Token> misindented_;
  bool exceeded_ = false;
};

}  // namespace

std::optional<Tokens> lay_out(const Tokens& words, std::string_view text, SyntaxLog& log) {
  return Filter(words, text, log).run();
}

}  // namespace bouton::parse
