#include "tests/support/programs/shrink.h"

#include <optional>

#include "tests/support/programs/simplify.h"

namespace bouton::fuzz {

namespace {

class Shrinking {
 public:
  Shrinking(std::string text, const Try& attempt, int attempts)
      : text_(std::move(text)), attempt_(attempt), left_(attempts), wanted_(attempt(text_)) {}

  std::string shrink() {
    bool smaller = wanted_.is_bug();
    while (smaller && left_ > 0) {
      smaller = pass(lines_to_remove);
      smaller = pass(items_to_remove) || smaller;
      smaller = pass(groups_to_simplify) || smaller;
      smaller = pass(numbers_to_simplify) || smaller;
    }
    return text_;
  }

 private:
  using Edits = std::vector<Edit>(const std::string&);

  [[nodiscard]] bool is_wanted(const Verdict& verdict) const {
    return verdict.kind == wanted_.kind &&
           (verdict.kind != Verdict::Kind::Crashed || verdict.message == wanted_.message);
  }

  // What an edit leaves behind unused or without its declaration goes as well.
  std::optional<std::string> repair(std::string text) {
    for (int rounds = 8; rounds > 0 && left_ > 0; --rounds) {
      --left_;
      const Verdict verdict = attempt_(text);
      if (is_wanted(verdict)) return text;
      if (verdict.kind != Verdict::Kind::Rejected) return std::nullopt;
      const bool in_list = verdict.message == "unused-parameter" ||
                           verdict.message == "unknown-argument" ||
                           verdict.message == "unknown-name";
      const bool in_line = verdict.message == "unknown-definition" ||
                           verdict.message == "unknown-field" || verdict.message == "unknown-rule";
      if (!in_list && !in_line) return std::nullopt;
      text =
          apply_edit(text, in_list ? item_at(text, verdict.place) : line_at(text, verdict.place));
    }
    return std::nullopt;
  }

  bool pass(Edits* edits) {
    bool any = false;
    std::size_t next = 0;
    while (left_ > 0) {
      const auto candidates = edits(text_);
      if (next >= candidates.size()) break;
      auto smaller = repair(apply_edit(text_, candidates[next]));
      if (smaller && *smaller != text_) {
        any = any || smaller->size() < text_.size() || edits == numbers_to_simplify;
        text_ = *std::move(smaller);
      } else {
        ++next;
      }
    }
    return any;
  }

  std::string text_;
  const Try& attempt_;
  int left_;
  Verdict wanted_;
};

}  // namespace

std::string shrink_program(std::string text, const Try& attempt, int attempts) {
  return Shrinking(std::move(text), attempt, attempts).shrink();
}

}  // namespace bouton::fuzz
