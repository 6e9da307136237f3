#include "compiler/ast/wrap.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

namespace bouton::ast {
namespace {

constexpr std::size_t kContinuation = 4;

// A place for a line end: before text[position].
struct Place {
  std::size_t position = 0;
  std::size_t depth = 0;
  bool after_operator = false;  // otherwise after a comma
};

bool ends_with_operator(std::string_view text) {
  static constexpr std::array<std::string_view, 14> kOperators{
      " + ",  " - ",  " * ", " / ",  " mod ", " and ", " or ",
      " == ", " != ", " < ", " <= ", " > ",   " >= ",  " .. "};
  return std::any_of(kOperators.begin(), kOperators.end(),
                     [text](std::string_view op) { return text.ends_with(op); });
}

// Steps through code, over strings.
class Scanner {
 public:
  void step(char c) {
    if (in_string_) {
      if (!escaped_ && c == '"') in_string_ = false;
      escaped_ = !escaped_ && c == '\\';
      return;
    }
    if (c == '"') in_string_ = true;
    if (c == '(' || c == '[') ++depth_;
    if ((c == ')' || c == ']') && depth_ > 0) --depth_;
  }
  [[nodiscard]] bool in_code() const { return !in_string_; }
  [[nodiscard]] std::size_t depth() const { return depth_; }

 private:
  bool in_string_ = false;
  bool escaped_ = false;
  std::size_t depth_ = 0;
};

std::vector<Place> find_places(std::string_view line) {
  std::vector<Place> places;
  Scanner scanner;
  for (std::size_t i = 0; i < line.size(); ++i) {
    scanner.step(line[i]);
    const std::string_view before = line.substr(0, i + 1);
    if (!scanner.in_code() || line[i] != ' ') continue;
    const bool comma = before.ends_with(", ");
    if (comma || ends_with_operator(before)) places.push_back({i + 1, scanner.depth(), !comma});
  }
  return places;
}

std::optional<std::size_t> choose(std::string_view line, std::size_t begin,
                                  const std::vector<Place>& places, std::size_t room) {
  std::optional<Place> best;
  // A line that is hardly filled is worse than a break inside brackets.
  const auto rank = [&](const Place& place) {
    const bool hardly_filled = 2 * width_of(line.substr(begin, place.position - begin)) < room;
    return std::tuple(hardly_filled, place.depth, place.after_operator);
  };
  for (const Place& place : places) {
    if (place.position <= begin) continue;
    // The blank before the break is not printed.
    if (width_of(line.substr(begin, place.position - 1 - begin)) > room) break;
    if (!best || rank(place) <= rank(*best)) best = place;
  }
  if (!best) return std::nullopt;
  return best->position;
}

}  // namespace

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::vector<std::string> wrap(const std::string& line) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  const std::vector<Place> places = find_places(line);
  std::vector<std::string> lines;
  std::size_t begin = indent;
  std::string margin(indent, ' ');
  while (margin.size() + width_of(std::string_view(line).substr(begin)) > kWidth) {
    const std::size_t room = kWidth > margin.size() ? kWidth - margin.size() : 1;
    const auto end = choose(line, begin, places, room);
    if (!end) break;
    lines.push_back(margin + line.substr(begin, *end - 1 - begin));
    begin = *end;
    margin.assign(indent + kContinuation, ' ');
  }
  lines.push_back(margin + line.substr(begin));
  return lines;
}

}  // namespace bouton::ast
