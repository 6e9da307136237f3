#include "tests/support/programs/simplify.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace bouton::fuzz {

namespace {

constexpr std::string_view kOpening = "([{";
constexpr std::string_view kClosing = ")]}";

bool opens(char c) { return kOpening.find(c) != std::string_view::npos; }
bool closes(char c) { return kClosing.find(c) != std::string_view::npos; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The bracket that closes the one at `at`.
std::size_t closing_of(const std::string& text, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    if (opens(text[i])) ++depth;
    if (closes(text[i]) && --depth == 0) return i;
  }
  return text.size();
}

std::size_t end_of_line(const std::string& text, std::size_t at) {
  return std::min(text.find('\n', at), text.size() - 1) + 1;
}

// The line that begins at `begin`, up to the end of the last block that it opens.
Edit statement_at(const std::string& text, std::size_t begin) {
  std::size_t end = end_of_line(text, begin);
  while (end >= 2 && end <= text.size() && text[end - 2] == '{') {
    const std::size_t close = closing_of(text, end - 2);
    if (close == text.size()) break;
    end = end_of_line(text, close);
  }
  return {begin, std::min(end, text.size()), ""};
}

std::vector<std::size_t> line_begins(const std::string& text) {
  std::vector<std::size_t> begins;
  for (std::size_t at = 0; at < text.size(); at = end_of_line(text, at)) begins.push_back(at);
  return begins;
}

// Parts of [begin, end) between `separator`s outside of brackets.
std::vector<Edit> parts(const std::string& text, std::size_t begin, std::size_t end,
                        char separator) {
  std::vector<Edit> result;
  int depth = 0;
  std::size_t from = begin;
  for (std::size_t i = begin; i < end; ++i) {
    if (opens(text[i])) ++depth;
    if (closes(text[i])) --depth;
    if (text[i] != separator || depth != 0) continue;
    result.push_back({from, i, ""});
    from = i + 1;
  }
  result.push_back({from, end, ""});
  return result;
}

// With the comma in front of it, or behind it if it is the first of several.
void add_items(const std::string& text, std::size_t begin, std::size_t end,
               std::vector<Edit>& edits) {
  const std::vector<Edit> items = parts(text, begin, end, ',');
  for (std::size_t i = 0; i < items.size(); ++i) {
    Edit edit = items[i];
    if (i > 0)
      edit.begin -= 1;
    else if (items.size() > 1)
      edit.end += 1;
    if (edit.begin < edit.end) edits.push_back(edit);
  }
}

bool is_operator(std::string_view word) {
  static constexpr std::string_view kOperators =
      " + - * / ^ < <= > >= == != and or not mod if else: = += -= *= /= ";
  return kOperators.find(" " + std::string(word) + " ") != std::string_view::npos;
}

// Each operand of a group may stand for the whole.
void add_operands(const std::string& text, const Edit& group, std::size_t begin, std::size_t end,
                  std::vector<Edit>& edits) {
  for (const Edit& part : parts(text, begin, end, ' ')) {
    std::string word = text.substr(part.begin, part.end - part.begin);
    if (word.empty() || is_operator(word) || (part.begin == begin && part.end == end)) continue;
    if (word.back() == ':' || word.back() == ',') word.pop_back();
    edits.push_back({group.begin, group.end, word});
  }
}

// A bracket with the name in front of it, `tanh(x)`.
void add_group(const std::string& text, std::size_t open, std::vector<Edit>& edits) {
  const std::size_t close = closing_of(text, open);
  if (close == text.size()) return;
  std::size_t begin = open;
  while (begin > 0 && (is_word(text[begin - 1]) || text[begin - 1] == '.')) --begin;
  const Edit group{begin, close + 1, ""};
  for (const char* const constant : {"1", "0", "1 ms", "1 mV", "x"})
    if (text.substr(begin, close + 1 - begin) != constant)
      edits.push_back({group.begin, group.end, constant});
  for (const Edit& item : parts(text, open + 1, close, ','))
    edits.push_back({group.begin, group.end, text.substr(item.begin, item.end - item.begin)});
  add_operands(text, group, open + 1, close, edits);
}

}  // namespace

std::string apply_edit(const std::string& text, const Edit& edit) {
  return text.substr(0, edit.begin) + edit.replacement + text.substr(edit.end);
}

std::vector<Edit> lines_to_remove(const std::string& text) {
  std::vector<Edit> edits;
  for (const std::size_t begin : line_begins(text)) edits.push_back(statement_at(text, begin));
  std::ranges::stable_sort(edits, std::greater{}, [](const Edit& e) { return e.end - e.begin; });
  for (const std::size_t begin : line_begins(text)) {
    const std::size_t body = end_of_line(text, begin);
    if (body < 2 || text[body - 2] != '{') continue;
    const std::size_t close = closing_of(text, body - 2);
    if (close < text.size())
      edits.push_back({begin, end_of_line(text, close), text.substr(body, close - body)});
  }
  return edits;
}

std::vector<Edit> items_to_remove(const std::string& text) {
  std::vector<Edit> edits;
  for (const std::size_t begin : line_begins(text)) {
    const std::size_t end = end_of_line(text, begin) - 1;
    if (text.substr(begin, end - begin).find(", ") != std::string::npos)
      add_items(text, begin, end, edits);
  }
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text[at] == '(' || text[at] == '[') add_items(text, at + 1, closing_of(text, at), edits);
  return edits;
}

std::vector<Edit> groups_to_simplify(const std::string& text) {
  std::vector<Edit> edits;
  for (const std::size_t begin : line_begins(text)) {
    const std::size_t end = end_of_line(text, begin) - 1;
    const std::size_t equals = text.find(" = ", begin);
    if (equals == std::string::npos || equals >= end) continue;
    add_operands(text, {equals + 3, end, ""}, equals + 3, end, edits);
  }
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text[at] == '(') add_group(text, at, edits);
  return edits;
}

std::vector<Edit> numbers_to_simplify(const std::string& text) {
  std::vector<Edit> edits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = std::isdigit(static_cast<unsigned char>(text[at])) != 0 &&
                        (at == 0 || (!is_word(text[at - 1]) && text[at - 1] != '.'));
    if (!begins) continue;
    std::size_t end = at;
    while (end < text.size() && (std::isdigit(static_cast<unsigned char>(text[end])) != 0 ||
                                 (text[end] == '.' && text[end + 1] != '.')))
      ++end;
    const std::string number = text.substr(at, end - at);
    if (number == "1" || number == "0") continue;
    edits.push_back({at, end, "1"});
    if (number.find('.') == std::string::npos && number.size() < 6) {
      const int value = std::stoi(number);
      if (value > 2) edits.push_back({at, end, std::to_string(value / 2)});
      if (value > 2) edits.push_back({at, end, std::to_string(value - 1)});
    }
  }
  return edits;
}

Edit line_at(const std::string& text, std::size_t place) {
  const std::size_t before = place == 0 ? std::string::npos : text.rfind('\n', place - 1);
  return statement_at(text, before == std::string::npos ? 0 : before + 1);
}

Edit item_at(const std::string& text, std::size_t place) {
  Edit best = line_at(text, place);
  for (const Edit& item : items_to_remove(text)) {
    if (item.begin <= place && place < item.end && item.end - item.begin < best.end - best.begin)
      best = item;
  }
  return best;
}

}  // namespace bouton::fuzz
