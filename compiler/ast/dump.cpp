#include "compiler/ast/dump.h"

#include "compiler/ast/lines.h"
#include "compiler/ast/print_expr.h"
#include "compiler/base/match.h"

namespace bouton::ast {
namespace {

class Dumper {
 public:
  std::string run(const File& file) && {
    for (const Declaration& declaration : file.declarations) {
      add(build_line(declaration, dump_expression), 0);
    }
    add_comments(file.closing, 0);
    return std::move(text_);
  }

 private:
  void add(const Line& line, std::size_t depth) {
    add_comments(line.trivia->before, depth);
    if (line.trivia->trailing) add_comment(*line.trivia->trailing, depth);
    begin(depth);
    for (const Line::Piece& piece : line.pieces) {
      match(
          piece, [&](const std::string& text) { add_text(text, depth); },
          [&](const ParameterList& list) { add_parameters(list, depth); },
          [&](const Braces& braces) { add_braces(braces, depth); });
    }
    end();
  }

  void begin(std::size_t depth) { open_line_.assign(2 * depth, ' '); }

  // The text after closed braces begins a line of its own.
  void add_text(const std::string& text, std::size_t depth) {
    const bool follows_blanks = open_line_.find_first_not_of(' ') == std::string::npos;
    const std::size_t first = follows_blanks ? text.find_first_not_of(' ') : 0;
    if (open_line_.empty() && depth > 0) begin(depth);
    if (first != std::string::npos) open_line_ += text.substr(first);
  }

  void end() {
    const std::size_t last = open_line_.find_last_not_of(' ');
    if (last != std::string::npos) text_ += open_line_.substr(0, last + 1) + "\n";
    open_line_.clear();
  }

  void add_parameters(const ParameterList& list, std::size_t depth) {
    end();
    for (const ListElement& element : list.elements) {
      add_comments(element.trivia->before, depth + 2);
      if (element.trivia->trailing) add_comment(*element.trivia->trailing, depth + 2);
      begin(depth + 2);
      open_line_ += "parameter " + element.text;
      end();
    }
  }

  void add_braces(const Braces& braces, std::size_t depth) {
    end();
    if (braces.layout->after_opening) add_comment(*braces.layout->after_opening, depth + 1);
    for (const Line& line : braces.lines) add(line, depth + 1);
    add_comments(braces.layout->before_closing, depth + 1);
  }

  void add_comments(const std::vector<Comment>& comments, std::size_t depth) {
    for (const Comment& comment : comments) add_comment(comment, depth);
  }

  void add_comment(const Comment& comment, std::size_t depth) {
    begin(depth);
    open_line_ += comment.documentation ? "## " : "# ";
    open_line_ += comment.text;
    end();
  }

  std::string text_;
  std::string open_line_;
};

}  // namespace

std::string dump(const File& file) { return Dumper().run(file); }

}  // namespace bouton::ast
