#include <gtest/gtest.h>

#include <string>
#include <unordered_set>
#include <variant>

#include "compiler/base/box.h"
#include "compiler/base/check.h"
#include "compiler/base/ids.h"
#include "compiler/base/match.h"

namespace bouton {
namespace {

using NameId = Id<struct NameTag>;

struct Sum;
using Expr = std::variant<int, Box<Sum>>;
struct Sum {
  Expr left;
  Expr right;
};

int evaluate(const Expr& expr) {
  return match(
      expr, [](int number) { return number; },
      [](const Box<Sum>& sum) { return evaluate(sum->left) + evaluate(sum->right); });
}

TEST(Box, LetsATypeContainItself) {
  const Expr expr = Box<Sum>(Sum{1, Box<Sum>(Sum{2, 3})});
  EXPECT_EQ(evaluate(expr), 6);
}

TEST(Box, CopiesDeeply) {
  const Box<std::string> original(std::string("a"));
  Box<std::string> copy = original;
  *copy = "b";
  EXPECT_EQ(*original, "a");
  copy = original;
  copy->push_back('c');
  EXPECT_EQ(*original, "a");
  EXPECT_EQ(*copy, "ac");
}

TEST(Match, AnswersWithTheCaseOfTheAlternative) {
  const std::variant<int, std::string> value = std::string("text");
  const bool is_text =
      match(value, [](int) { return false; }, [](const std::string&) { return true; });
  EXPECT_TRUE(is_text);
}

TEST(Match, LetsTheCaseChangeTheValue) {
  std::variant<int, std::string> value = 1;
  match(value, [](int& number) { number = 7; }, [](std::string&) {});
  EXPECT_EQ(std::get<int>(value), 7);
}

TEST(Ids, TheDefaultRefersToNothing) {
  EXPECT_FALSE(NameId{}.valid());
  EXPECT_TRUE(NameId{0}.valid());
}

TEST(Ids, CanBeHashed) {
  const std::unordered_set<NameId> ids = {NameId{1}, NameId{2}, NameId{1}};
  EXPECT_EQ(ids.size(), 2U);
}

TEST(Table, GivesIdsInOrderOfInsertion) {
  Table<NameId, std::string> table;
  const NameId first = table.add("a");
  const NameId second = table.add("b");
  EXPECT_EQ(table[first], "a");
  EXPECT_EQ(table[second], "b");
  EXPECT_EQ(table.ids(), (std::vector<NameId>{first, second}));
  EXPECT_FALSE(table.contains(NameId{2}));
  EXPECT_FALSE(table.contains(NameId{}));
}

TEST(Table, AnIdOfNothingIsAnInternalError) {
  const Table<NameId, std::string> table;
  EXPECT_DEATH(static_cast<void>(table[NameId{}]), "id out of range");
}

TEST(Check, ABrokenAssumptionSaysWhatWhereAndWhy) {
  const int two = 2;
  EXPECT_DEATH(BOUTON_CHECK(two == 3, "two is not three"),
               "internal error at .*base_test.cpp.*two is not three .two == 3.");
}

TEST(Check, AKeptAssumptionIsSilent) { BOUTON_CHECK(true, "never printed"); }

}  // namespace
}  // namespace bouton
