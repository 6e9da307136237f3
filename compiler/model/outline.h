// Text in lines, indented by depth: what the printers of the typed program and the network write
// into.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace bouton::model {

class Outline {
 public:
  explicit Outline(std::size_t depth = 0) : depth_(depth) {}

  void line(std::string_view content) { text_.append(2 * depth_, ' ').append(content) += '\n'; }
  void blank_line() { text_ += '\n'; }
  // Lines that are indented already, to depth().
  void block(std::string_view lines) { text_ += lines; }

  // The lines that `fill` adds stand one level deeper.
  template <typename Fill>
  void nested(Fill&& fill) {
    ++depth_;
    std::forward<Fill>(fill)();
    --depth_;
  }

  [[nodiscard]] std::size_t depth() const { return depth_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] std::string take() && { return std::move(text_); }

 private:
  std::string text_;
  std::size_t depth_;
};

}  // namespace bouton::model
