#include "tests/unit/architecture/rules.h"

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>
#include <string_view>

#include "tests/unit/architecture/folders.h"

namespace bouton::architecture {
namespace {

struct Line {
  std::size_t number;
  std::string text;
};

std::vector<Line> split_lines(const std::string& text) {
  std::vector<Line> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back({lines.size() + 1, line});
  return lines;
}

std::string complain(const SourceFile& file, const Line& line, const std::string& what) {
  return file.path + ":" + std::to_string(line.number) + ": " + what;
}

bool owns_library(const std::string& folder, const std::set<std::string>& users) {
  return std::any_of(users.begin(), users.end(), [&](const std::string& user) {
    return folder == user || folder.starts_with(user + "/");
  });
}

// What is wrong with including `header` from `folder`; empty if nothing is.
std::string judge_include(const std::string& folder, const std::string& header) {
  if (const auto users = users_of_library(header)) {
    return owns_library(folder, *users) ? "" : folder + " may not use <" + header + ">";
  }
  const bool ours = header.starts_with("compiler/") || header.starts_with("runtime/");
  if (!ours || may_include(folder, folder_of(header))) return "";
  return folder + " may not include " + folder_of(header);
}

std::string strip_comment(const std::string& line) { return line.substr(0, line.find("//")); }

}  // namespace

std::vector<std::string> check_includes(const SourceFile& file) {
  static const std::regex kInclude(R"(^\s*#\s*include\s*["<]([^">]+)[">])");
  std::vector<std::string> complaints;
  for (const Line& line : split_lines(file.text)) {
    std::smatch found;
    if (!std::regex_search(line.text, found, kInclude)) continue;
    const std::string wrong = judge_include(folder_of(file.path), found[1].str());
    if (!wrong.empty()) complaints.push_back(complain(file, line, wrong));
  }
  return complaints;
}

std::vector<std::string> check_transcendentals(const SourceFile& file) {
  static const std::regex kCall(
      R"(std::(exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|)"
      R"(cosh|tanh|asinh|acosh|atanh|cbrt|hypot|erf|erfc|tgamma|lgamma)f?l?\b)");
  if (folder_of(file.path) == "runtime/math") return {};
  std::vector<std::string> complaints;
  for (const Line& line : split_lines(file.text)) {
    const std::string code = strip_comment(line.text);
    std::smatch found;
    if (!std::regex_search(code, found, kCall)) continue;
    complaints.push_back(complain(file, line, found[0].str() + " instead of runtime/math"));
  }
  return complaints;
}

std::vector<std::string> check_printing(const SourceFile& file) {
  static const std::regex kPrint(R"(fmt::print\(|std::cout|std::cerr|\bprintf\()");
  const bool ours = file.path.starts_with("compiler/") || file.path.starts_with("runtime/");
  if (!ours) return {};
  std::vector<std::string> complaints;
  for (const Line& line : split_lines(file.text))
    if (std::regex_search(strip_comment(line.text), kPrint))
      complaints.push_back(complain(file, line, "prints past compiler/launch/streams.h"));
  return complaints;
}

std::vector<std::string> check_length(const SourceFile& file) {
  const std::vector<Line> lines = split_lines(file.text);
  if (lines.size() <= kMaximumLines) return {};
  return {complain(file, lines.back(),
                   "more than " + std::to_string(kMaximumLines) + " lines in one file")};
}

}  // namespace bouton::architecture
