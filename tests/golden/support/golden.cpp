#include "tests/golden/support/golden.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string_view>
#include <system_error>

namespace bouton::golden {
namespace {

bool is_update_requested() {
  const char* value = std::getenv("UPDATE_GOLDEN");
  return value != nullptr && std::string_view(value) == "1";
}

// Number of the first line in which the texts differ.
std::size_t find_difference(const std::string& recorded, const std::string& actual) {
  std::istringstream left(recorded);
  std::istringstream right(actual);
  std::string left_line;
  std::string right_line;
  for (std::size_t number = 1;; ++number) {
    const bool left_ended = !std::getline(left, left_line);
    const bool right_ended = !std::getline(right, right_line);
    const bool ended = left_ended || right_ended;
    if (ended || left_line != right_line) return number;
  }
}

// Leaves a file alone that is up to date, and says which ones it wrote.
testing::AssertionResult update(const std::filesystem::path& golden, const std::string& actual) {
  const bool existed = std::filesystem::exists(golden);
  if (existed && read_text(golden) == actual) return testing::AssertionSuccess();
  std::error_code failed;
  if (golden.has_parent_path()) std::filesystem::create_directories(golden.parent_path(), failed);
  std::ofstream stream(golden, std::ios::binary);
  stream << actual;
  stream.close();
  if (!stream) return testing::AssertionFailure() << "cannot write " << golden.string();
  std::cout << (existed ? "updated " : "created ") << golden.string() << '\n';
  return testing::AssertionSuccess();
}

}  // namespace

std::string read_text(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

testing::AssertionResult matches_golden(const std::filesystem::path& golden,
                                        const std::string& actual) {
  if (is_update_requested()) return update(golden, actual);
  const char* advice = "; UPDATE_GOLDEN=1 records the present text:\n";
  if (!std::filesystem::exists(golden)) {
    return testing::AssertionFailure() << golden.string() << " does not exist" << advice << actual;
  }
  const std::string recorded = read_text(golden);
  if (recorded == actual) return testing::AssertionSuccess();
  return testing::AssertionFailure()
         << golden.string() << " differs in line " << find_difference(recorded, actual) << advice
         << "--- recorded\n"
         << recorded << "--- now\n"
         << actual;
}

}  // namespace bouton::golden
