#include "tests/golden/support/golden.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

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

}  // namespace

std::string read_text(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

testing::AssertionResult matches_golden(const std::filesystem::path& golden,
                                        const std::string& actual) {
  if (is_update_requested()) {
    std::ofstream(golden, std::ios::binary) << actual;
    return testing::AssertionSuccess();
  }
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
