#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "compiler/diagnostics/excerpt.h"
#include "compiler/diagnostics/paint.h"
#include "compiler/diagnostics/render.h"

namespace bouton::diagnostics {
namespace {

Style style_of(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return Style::Error;
    case Severity::Warning:
      return Style::Warning;
    case Severity::Note:
      return Style::Note;
  }
  return Style::Plain;
}

// All marks of a message, grouped by file: the file of the message first, the others in order of
// appearance.
std::vector<std::vector<Mark>> group_by_file(const Diagnostic& diagnostic) {
  const Style style = style_of(severity_of(diagnostic.kind));
  std::vector<std::vector<Mark>> groups{{{diagnostic.span, diagnostic.label, '^', style}}};
  for (const Label& other : diagnostic.others) {
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& marks) {
      return marks.front().span.file == other.span.file;
    });
    Mark mark{other.span, other.text, '-', Style::Frame};
    if (group != groups.end()) {
      group->push_back(std::move(mark));
    } else {
      groups.push_back({std::move(mark)});
    }
  }
  return groups;
}

std::size_t gutter_width(const std::vector<std::vector<Mark>>& groups,
                         const source::SourceMap& sources) {
  std::size_t last_line = 1;
  for (const auto& marks : groups) {
    for (const Mark& mark : marks) {
      last_line = std::max(last_line, sources.position(mark.span.file, mark.span.begin).line);
    }
  }
  return fmt::formatted_size("{}", last_line);
}

// Where the first mark of a group is; a file without text has no lines to name.
std::string render_place(const Mark& mark, const source::SourceMap& sources) {
  const std::string name = make_printable(sources.name(mark.span.file));
  if (sources.text(mark.span.file).empty()) return name;
  const auto position = sources.position(mark.span.file, mark.span.begin);
  return fmt::format("{}:{}:{}", name, position.line, position.column);
}

}  // namespace

std::string render_text(const Diagnostic& diagnostic, const source::SourceMap& sources,
                        Color color) {
  const Paint paint{color == Color::Always};
  const Severity severity = severity_of(diagnostic.kind);
  const auto groups = group_by_file(diagnostic);
  const std::size_t gutter = gutter_width(groups, sources);
  const std::string margin(gutter, ' ');
  std::string out = paint(style_of(severity), word_of(severity)) +
                    paint(Style::Bold, ": " + make_printable(diagnostic.headline)) + "\n";
  std::string_view arrow = "-->";
  for (const auto& marks : groups) {
    out += margin + paint(Style::Frame, arrow) + " " + render_place(marks.front(), sources) + "\n";
    const bool has_text = !sources.text(marks.front().span.file).empty();
    if (has_text) out += render_excerpt(marks, sources, gutter, paint);
    arrow = ":::";
  }
  if (diagnostic.hint.empty()) return out;
  out += margin + paint(Style::Frame, " |") + "\n" + margin + paint(Style::Frame, " = hint: ");
  return out + make_printable(diagnostic.hint) + "\n";
}

std::string render_text(const Diagnostics& diagnostics, const source::SourceMap& sources,
                        Color color) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (!out.empty()) out += "\n";
    out += render_text(diagnostic, sources, color);
  }
  const std::size_t suppressed = diagnostics.suppressed();
  if (suppressed == 0) return out;
  return out + fmt::format("\nand {} more error{}\n", suppressed, suppressed == 1 ? "" : "s");
}

}  // namespace bouton::diagnostics
