#include "compiler/parse/syntax_log.h"

#include <algorithm>
#include <utility>

namespace bouton::parse {

diagnostics::Report SyntaxLog::report(diagnostics::Kind kind, source::Span span,
                                      std::vector<std::string> arguments) {
  entries_.push_back({std::move(arguments), {kind, span, "", "", {}, ""}});
  return diagnostics::Report(entries_.back().diagnostic);
}

bool SyntaxLog::touches(source::Span span) const {
  return std::any_of(entries_.begin(), entries_.end(), [span](const Entry& entry) {
    const std::uint32_t position = entry.diagnostic.span.begin;
    return position >= span.begin && position <= span.end;
  });
}

void SyntaxLog::hand_over(diagnostics::Diagnostics& diagnostics) && {
  std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& left, const Entry& right) {
    return left.diagnostic.span.begin < right.diagnostic.span.begin;
  });
  for (Entry& entry : entries_) {
    diagnostics::Diagnostic& diagnostic = entry.diagnostic;
    diagnostics::Report report =
        diagnostics.report(diagnostic.kind, diagnostic.span, entry.arguments);
    report.label(std::move(diagnostic.label)).hint(std::move(diagnostic.hint));
    for (diagnostics::Label& other : diagnostic.others) {
      report.other(other.span, std::move(other.text));
    }
  }
}

}  // namespace bouton::parse
