// What the bitcode may hold, read from its disassembly.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "runtime/bitcode/bitcode.h"
#include "tests/unit/bitcode/exports.h"

namespace bouton::runtime::bitcode::tests {

std::span<const Export> bouton_exports();

namespace {

std::string read_listing() {
  std::ifstream stream(BOUTON_BITCODE_LISTING);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::set<std::string> names_after(const std::string& text, const char* keyword) {
  const std::regex pattern(std::string(keyword) + R"( [^@\n]*@([A-Za-z0-9_.]+)\()");
  std::set<std::string> names;
  for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it) {
    names.insert((*it)[1].str());
  }
  return names;
}

TEST(Bitcode, IsEmbeddedInTheProgram) {
  const std::span<const unsigned char> bytes = function_bitcode();
  ASSERT_GT(bytes.size(), 1000U);
  EXPECT_EQ(bytes.size() % 4, 0U);
  EXPECT_EQ(std::string(bytes.begin(), bytes.begin() + 2), "BC");
}

TEST(Bitcode, ContractsNoProductWithASum) {
  EXPECT_THAT(read_listing(), testing::Not(testing::HasSubstr("fmuladd")));
  EXPECT_THAT(read_listing(), testing::Not(testing::HasSubstr("llvm.fma")));
}

TEST(Bitcode, AllowsNoReorderingOfArithmetic) {
  const std::regex fast(R"((fadd|fsub|fmul|fdiv) (fast|reassoc|nnan|ninf|nsz|arcp|contract|afn))");
  EXPECT_FALSE(std::regex_search(read_listing(), fast));
}

TEST(Bitcode, CallsNothingButExactIntrinsics) {
  const std::regex exact(
      R"(llvm\.(sqrt|fabs|copysign|is\.fpclass|[su](max|min)|fsh[lr]|ctpop)\..*)");
  for (const std::string& name : names_after(read_listing(), "declare")) {
    EXPECT_TRUE(std::regex_match(name, exact)) << name;
  }
}

TEST(Bitcode, DefinesEveryFunctionInEveryWidthAndNothingElse) {
  std::set<std::string> expected;
  for (const Export& function : bouton_exports()) {
    expected.insert("bouton_" + std::string(function.name) + "_" + std::string(function.in) + "x" +
                    std::to_string(function.width));
  }
  EXPECT_EQ(names_after(read_listing(), "define"), expected);
}

TEST(Bitcode, IsFreeOfBranches) {
  EXPECT_FALSE(std::regex_search(read_listing(), std::regex(R"(\n  (br|switch) )")));
}

}  // namespace
}  // namespace bouton::runtime::bitcode::tests
