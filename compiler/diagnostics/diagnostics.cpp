#include "compiler/diagnostics/diagnostics.h"

#include <algorithm>
#include <array>

#include "compiler/base/check.h"

namespace bouton::diagnostics {
namespace {

struct KindEntry {
  std::string_view identifier;
  Severity severity;
  std::string_view headline;
};

constexpr std::array kKinds = {
#define BOUTON_DIAGNOSTIC(name, severity, headline) KindEntry{#name, Severity::severity, headline},
#include "compiler/diagnostics/kinds.def"
#undef BOUTON_DIAGNOSTIC
};

const KindEntry& entry_of(Kind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }

std::string to_kebab_case(std::string_view identifier) {
  std::string kebab;
  for (const char c : identifier) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !kebab.empty()) kebab.push_back('-');
    kebab.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return kebab;
}

std::array<std::string, kKinds.size()> build_kebab_names() {
  std::array<std::string, kKinds.size()> names;
  std::transform(kKinds.begin(), kKinds.end(), names.begin(),
                 [](const KindEntry& entry) { return to_kebab_case(entry.identifier); });
  return names;
}

std::string fill_headline(std::string_view headline, const std::vector<std::string>& arguments) {
  std::string filled;
  std::size_t used = 0;
  for (std::size_t at = headline.find("{}"); at != std::string_view::npos;
       at = headline.find("{}")) {
    BOUTON_CHECK(used < arguments.size(), "a message has too few arguments");
    filled.append(headline.substr(0, at)).append(arguments[used++]);
    headline.remove_prefix(at + 2);
  }
  BOUTON_CHECK(used == arguments.size(), "a message has too many arguments");
  return filled.append(headline);
}

}  // namespace

std::string_view name_of(Kind kind) {
  static const auto names = build_kebab_names();
  return names.at(static_cast<std::size_t>(kind));
}

Severity severity_of(Kind kind) { return entry_of(kind).severity; }

std::string_view word_of(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Note:
      return "note";
  }
  return "";
}

std::string_view headline_of(Kind kind) { return entry_of(kind).headline; }

std::vector<Kind> all_kinds() {
  std::vector<Kind> kinds;
  for (std::size_t i = 0; i < kKinds.size(); ++i) kinds.push_back(static_cast<Kind>(i));
  return kinds;
}

Report Diagnostics::report(Kind kind, source::Span span,
                           const std::vector<std::string>& arguments) {
  Diagnostic diagnostic{kind, span, fill_headline(headline_of(kind), arguments), {}, {}, {}};
  const bool repeated =
      std::any_of(diagnostics_.begin(), diagnostics_.end(), [&](const Diagnostic& earlier) {
        return earlier.kind == kind && earlier.span == span &&
               earlier.headline == diagnostic.headline;
      });
  const bool error = severity_of(kind) == Severity::Error;
  const bool beyond_cap = error && errors_ >= kErrorCap;
  if (!repeated && error) ++errors_;
  if (!repeated && beyond_cap) ++suppressed_;
  if (repeated || beyond_cap) {
    discarded_ = std::move(diagnostic);
    return Report(discarded_);
  }
  diagnostics_.push_back(std::move(diagnostic));
  return Report(diagnostics_.back());
}

}  // namespace bouton::diagnostics
