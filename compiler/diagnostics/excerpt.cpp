#include "compiler/diagnostics/excerpt.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>

#include "compiler/diagnostics/cells.h"

namespace bouton::diagnostics {
namespace {

constexpr std::size_t kWidestLine = 120;
constexpr std::size_t kContextBeforeMark = 40;
constexpr std::string_view kCut = "…";

// Columns [begin, end) of a line that are shown.
struct Window {
  std::size_t begin;
  std::size_t end;
};

std::size_t width_of(const std::vector<Cell>& cells) {
  return cells.empty() ? 0 : cells.back().column + cells.back().width;
}

Window choose_window(const std::vector<Cell>& cells, std::size_t marked_column) {
  const std::size_t width = width_of(cells);
  if (width <= kWidestLine) return {0, width};
  const std::size_t begin =
      marked_column > kContextBeforeMark ? marked_column - kContextBeforeMark : 0;
  return {begin, std::min(width, begin + kWidestLine)};
}

std::string show_window(const std::vector<Cell>& cells, Window window) {
  std::string shown = window.begin > 0 ? std::string(kCut) : "";
  for (const Cell& cell : cells) {
    if (cell.column >= window.begin && cell.column < window.end) shown += cell.shown;
  }
  if (window.end < width_of(cells)) shown += kCut;
  return shown;
}

std::string trim_end(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

// Spaces and carets of one mark, drawn under a window of its line.
std::string underline(const Mark& mark, source::Span line, const std::vector<Cell>& cells,
                      Window window, Paint paint) {
  const std::size_t last = std::max(window.begin, window.end);
  const auto column = [&](std::size_t offset) {
    return std::clamp(column_of(cells, offset - line.begin), window.begin, last);
  };
  const std::size_t begin = column(mark.span.begin);
  const std::size_t end = std::max(begin + 1, column(std::min(mark.span.end, line.end)));
  const std::size_t shift = window.begin > 0 ? 1 : 0;  // the cut sign
  const std::string carets(end - begin, mark.underline);
  const std::string text = mark.text.empty() ? "" : " " + make_printable(mark.text);
  return std::string(begin - window.begin + shift, ' ') + paint(mark.style, carets + text);
}

class ExcerptWriter {
 public:
  ExcerptWriter(const source::SourceMap& sources, std::size_t gutter, Paint paint)
      : sources_(sources), gutter_(gutter), paint_(paint) {}

  void write_frame() { out_ += frame("") + "\n"; }
  void write_gap() { out_ += std::string(gutter_, ' ') + paint_(Style::Frame, "...") + "\n"; }

  // `marks` begin on this line, in order of their columns.
  void write_line(std::size_t number, std::span<const Mark> marks) {
    const source::Span line = sources_.line_span(marks.front().span.file, number);
    const std::vector<Cell> cells = lay_out_line(sources_.text(line));
    const Window window =
        choose_window(cells, column_of(cells, marks.front().span.begin - line.begin));
    const std::string text = trim_end(" " + show_window(cells, window));
    out_ += frame(fmt::format("{}", number)) + text + "\n";
    for (const Mark& mark : marks) {
      out_ += frame("") + " " + underline(mark, line, cells, window, paint_) + "\n";
    }
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  [[nodiscard]] std::string frame(std::string_view number) const {
    return paint_(Style::Frame, fmt::format("{:>{}} |", number, gutter_));
  }

  const source::SourceMap& sources_;
  std::size_t gutter_;
  Paint paint_;
  std::string out_;
};

}  // namespace

std::string make_printable(std::string_view text) {
  std::string printable;
  for (const Cell& cell : lay_out_line(text)) printable += cell.shown;
  return printable;
}

std::string render_excerpt(std::vector<Mark> marks, const source::SourceMap& sources,
                           std::size_t gutter, Paint paint) {
  std::stable_sort(marks.begin(), marks.end(),
                   [](const Mark& a, const Mark& b) { return a.span.begin < b.span.begin; });
  const auto line_of = [&](const Mark& mark) {
    return sources.position(mark.span.file, mark.span.begin).line;
  };
  ExcerptWriter writer(sources, gutter, paint);
  writer.write_frame();
  std::size_t previous = 0;
  for (auto mark = marks.begin(); mark != marks.end();) {
    const std::size_t line = line_of(*mark);
    const auto next =
        std::find_if(mark, marks.end(), [&](const Mark& other) { return line_of(other) != line; });
    if (previous != 0 && line > previous + 1) writer.write_gap();
    writer.write_line(line, std::span<const Mark>(mark, next));
    previous = line;
    mark = next;
  }
  return writer.take();
}

}  // namespace bouton::diagnostics
