// The sink for everything a user is told about a program: errors, warnings and notes with
// positions.
//
// A message is a Kind (one line in kinds.def: identifier, severity, headline format), the
// headline's arguments, a primary span, further labelled spans and a hint. Rendering (caret text or
// JSON) is in render.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/source/span.h"

namespace bouton::diagnostics {

// A note says what a correct program should know: nothing has to be changed.
enum class Severity { Error, Warning, Note };

enum class Kind {
#define BOUTON_DIAGNOSTIC(name, severity, headline) name,
#include "compiler/diagnostics/kinds.def"
#undef BOUTON_DIAGNOSTIC
};

// `name` in kebab case: how a kind is written in `bouton check --json` and in the names of golden
// tests.
[[nodiscard]] std::string_view name_of(Kind kind);
[[nodiscard]] Severity severity_of(Kind kind);
// "error", "warning", "note"
[[nodiscard]] std::string_view word_of(Severity severity);
[[nodiscard]] std::string_view headline_of(Kind kind);
[[nodiscard]] std::vector<Kind> all_kinds();

struct Label {
  source::Span span;
  std::string text;
};

struct Diagnostic {
  Kind kind;
  source::Span span;
  std::string headline;       // kinds.def format with the arguments filled in
  std::string label;          // text under the caret; may be empty
  std::vector<Label> others;  // "declared here", "the other side is …"
  std::string hint;           // last line; may be empty
};

// Fluent completion of a message that was just reported. Valid until the next call of
// Diagnostics::report.
class Report {
 public:
  explicit Report(Diagnostic& diagnostic) : diagnostic_(diagnostic) {}
  Report& label(std::string text) {
    diagnostic_.label = std::move(text);
    return *this;
  }
  Report& other(source::Span span, std::string text) {
    diagnostic_.others.push_back({span, std::move(text)});
    return *this;
  }
  Report& hint(std::string text) {
    diagnostic_.hint = std::move(text);
    return *this;
  }

 private:
  Diagnostic& diagnostic_;
};

// Collects messages. Two messages of one kind at one span with one headline are reported once;
// errors beyond a cap are counted, not stored.
class Diagnostics {
 public:
  static constexpr std::size_t kErrorCap = 50;

  // `arguments` replace `{}` in the kind's headline, in order.
  Report report(Kind kind, source::Span span, const std::vector<std::string>& arguments = {});

  [[nodiscard]] const std::vector<Diagnostic>& all() const { return diagnostics_; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t suppressed() const { return suppressed_; }

 private:
  std::vector<Diagnostic> diagnostics_;
  Diagnostic discarded_{};
  std::size_t errors_ = 0;
  std::size_t suppressed_ = 0;
};

}  // namespace bouton::diagnostics
