// Where syntax errors of one file go: keeps to one message per statement and to a cap.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/span.h"

namespace bouton::parse {

class SyntaxLog {
 public:
  // Beyond this many, messages are more likely to follow from each other than from the text.
  static constexpr std::size_t kCap = 20;

  explicit SyntaxLog(diagnostics::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  diagnostics::Report report(diagnostics::Kind kind, source::Span span,
                             std::vector<std::string> arguments = {}) {
    positions_.push_back(span.begin);
    return diagnostics_.report(kind, span, std::move(arguments));
  }

  [[nodiscard]] bool empty() const { return positions_.empty(); }
  [[nodiscard]] bool full() const { return positions_.size() >= kCap; }
  // Something inside this stretch has been reported already.
  [[nodiscard]] bool touches(source::Span span) const {
    return std::any_of(positions_.begin(), positions_.end(), [span](std::uint32_t position) {
      return position >= span.begin && position <= span.end;
    });
  }

 private:
  diagnostics::Diagnostics& diagnostics_;
  std::vector<std::uint32_t> positions_;
};

}  // namespace bouton::parse
