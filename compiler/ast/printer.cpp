#include "compiler/ast/printer.h"

#include <algorithm>
#include <optional>

#include "compiler/ast/lines.h"
#include "compiler/ast/print_expr.h"
#include "compiler/ast/wrap.h"
#include "compiler/base/match.h"

namespace bouton::ast {
namespace {

constexpr std::size_t kIndent = 2;

bool has_comments(const Trivia& trivia) {
  return !trivia.before.empty() || trivia.trailing.has_value();
}

bool has_comments(const ParameterList& list) {
  return std::any_of(list.elements.begin(), list.elements.end(),
                     [](const ListElement& element) { return has_comments(*element.trivia); });
}

std::string text_of(const Comment& comment) {
  const std::string marker = comment.documentation ? "##" : "#";
  return comment.text.empty() ? marker : marker + " " + comment.text;
}

// ---- on one line

std::optional<std::string> flatten(const Line& line);

std::string flatten(const ParameterList& list) {
  std::string text = "(";
  for (const ListElement& element : list.elements) {
    text += (text.size() > 1 ? ", " : "") + element.text;
  }
  return text + ")";
}

std::optional<std::string> flatten(const Braces& braces) {
  const BraceLayout& layout = *braces.layout;
  if (layout.after_opening || !layout.before_closing.empty()) return std::nullopt;
  if (braces.lines.empty()) return "{ }";
  if (!layout.one_line) return std::nullopt;
  std::string text = "{";
  for (const Line& line : braces.lines) {
    const auto flat = has_comments(*line.trivia) ? std::nullopt : flatten(line);
    if (!flat) return std::nullopt;
    text += (text.size() > 1 ? "; " : " ") + *flat;
  }
  return text + " }";
}

std::optional<std::string> flatten(const Line::Piece& piece) {
  return match(
      piece, [](const std::string& text) -> std::optional<std::string> { return text; },
      [](const ParameterList& list) -> std::optional<std::string> {
        if (has_comments(list)) return std::nullopt;
        return flatten(list);
      },
      [](const Braces& braces) { return flatten(braces); });
}

std::optional<std::string> flatten(const Line& line) {
  std::string text;
  for (const Line::Piece& piece : line.pieces) {
    const auto flat = flatten(piece);
    if (!flat) return std::nullopt;
    text += *flat;
  }
  return text;
}

// ---- on several lines

class Writer {
 public:
  void add(const Line& line, std::size_t indent, bool first) {
    begin_paragraph(*line.trivia, indent, first);
    open_.assign(indent, ' ');
    for (std::size_t i = 0; i < line.pieces.size(); ++i) add_piece(line, i, indent);
    close(line.trivia->trailing);
  }

  void add_comments(const std::vector<Comment>& comments, std::size_t indent, bool first) {
    for (const Comment& comment : comments) {
      if (comment.blank_line_before && !first) text_ += '\n';
      text_ += std::string(indent, ' ') + text_of(comment) + '\n';
      first = false;
    }
  }

  std::string finish() && { return std::move(text_); }

 private:
  void begin_paragraph(const Trivia& trivia, std::size_t indent, bool first) {
    add_comments(trivia.before, indent, first);
    if (trivia.blank_line_before && !(first && trivia.before.empty())) text_ += '\n';
  }

  void close(const std::optional<Comment>& comment) {
    for (const std::string& part : wrap(open_)) text_ += part + '\n';
    open_.clear();
    if (!comment) return;
    text_.pop_back();
    text_ += "  " + text_of(*comment) + '\n';
  }

  void add_piece(const Line& line, std::size_t at, std::size_t indent) {
    match(
        line.pieces[at], [&](const std::string& text) { open_ += text; },
        [&](const ParameterList& list) { add_parameters(list, indent); },
        [&](const Braces& braces) {
          const auto flat = flatten(braces);
          if (flat && fits(*flat, line, at)) {
            open_ += *flat;
          } else {
            add_braces(braces, indent);
          }
        });
  }

  // Up to the next braces, which may open a new line.
  [[nodiscard]] bool fits(const std::string& flat, const Line& line, std::size_t at) const {
    std::size_t width = width_of(open_) + width_of(flat);
    for (std::size_t i = at + 1; i < line.pieces.size(); ++i) {
      const auto* text = std::get_if<std::string>(&line.pieces[i]);
      width += text != nullptr ? width_of(*text) : 1;
    }
    return width <= kWidth;
  }

  void add_parameters(const ParameterList& list, std::size_t indent) {
    if (!has_comments(list)) {
      open_ += flatten(list);
      return;
    }
    open_ += '(';
    close(std::nullopt);
    const std::size_t inner = indent + 2 * kIndent;
    for (std::size_t i = 0; i < list.elements.size(); ++i) {
      const ListElement& element = list.elements[i];
      add_comments(element.trivia->before, inner, i == 0);
      open_ = std::string(inner, ' ') + element.text;
      if (i + 1 < list.elements.size()) open_ += ',';
      close(element.trivia->trailing);
    }
    open_ = std::string(indent, ' ') + ')';
  }

  void add_braces(const Braces& braces, std::size_t indent) {
    open_ += '{';
    close(braces.layout->after_opening);
    bool first = true;
    for (const Line& line : braces.lines) {
      add(line, indent + kIndent, first);
      first = false;
    }
    add_comments(braces.layout->before_closing, indent + kIndent, first);
    open_ = std::string(indent, ' ') + '}';
  }

  std::string text_;
  std::string open_;
};

}  // namespace

std::string print(const File& file) {
  Writer writer;
  bool first = true;
  for (const Declaration& declaration : file.declarations) {
    writer.add(build_line(declaration, print_expression), 0, first);
    first = false;
  }
  writer.add_comments(file.closing, 0, first);
  return std::move(writer).finish();
}

std::string print(const Expr& expr) { return print_expression(expr); }

}  // namespace bouton::ast
