// Where syntax errors of one file go: keeps to one message per statement and to a cap, and hands
// the messages on in the order of the text, whichever step found them.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/span.h"

namespace bouton::parse {

class SyntaxLog {
 public:
  // Beyond this many, messages are more likely to follow from each other than from the text.
  static constexpr std::size_t kCap = 20;

  diagnostics::Report report(diagnostics::Kind kind, source::Span span,
                             std::vector<std::string> arguments = {});

  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] bool full() const { return entries_.size() >= kCap; }
  // Something inside this stretch, its ends included, has been reported already.
  [[nodiscard]] bool touches(source::Span span) const;

  void hand_over(diagnostics::Diagnostics& diagnostics) &&;

 private:
  struct Entry {
    std::vector<std::string> arguments;
    diagnostics::Diagnostic diagnostic;  // without headline
  };

  std::deque<Entry> entries_;
};

}  // namespace bouton::parse
