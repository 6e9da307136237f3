#include "compiler/ast/printer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "compiler/ast/dump.h"
#include "compiler/ast/wrap.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/parse/parse.h"

namespace bouton::ast {
namespace {

Expr name(const char* text) { return {{}, Name{{text, {}}}}; }

Expr binary(BinaryOp op, Expr left, Expr right) {
  return {{}, Binary{op, {}, std::move(left), std::move(right)}};
}

Expr negate(Expr operand) { return {{}, Unary{UnaryOp::Negate, {}, std::move(operand)}}; }

Expr quantity() { return {{}, Number{"2", 2, true, UnitPower{{"ms", {}}, 1, {}}}}; }

// The value of `x = …` read back.
Expr reparse(const std::string& text) {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  const auto id =
      std::get<source::FileId>(sources.add_text("t", fmt::format("function f(x) = {}", text)));
  const auto file = parse::parse(sources, id, diagnostics);
  EXPECT_TRUE(file) << text;
  return std::get<Function>(file->declarations.at(0).node).value;
}

std::string function_dump(Expr value) {
  File file;
  file.declarations.push_back({{}, Function{{"f", {}}, {}, std::move(value)}, {}});
  return dump(file);
}

TEST(Printer, GivesTreesTheParenthesesTheyNeed) {
  const Expr sum = binary(BinaryOp::Add, name("a"), name("b"));
  EXPECT_EQ(print(binary(BinaryOp::Multiply, sum, name("c"))), "(a + b) * c");
  EXPECT_EQ(print(binary(BinaryOp::Subtract, name("c"), sum)), "c - (a + b)");
  EXPECT_EQ(print(negate(sum)), "-(a + b)");
  EXPECT_EQ(print(binary(BinaryOp::Power, negate(name("a")), name("b"))), "(-a)^b");
  EXPECT_EQ(print(binary(BinaryOp::Power, quantity(), name("b"))), "(2 ms)^b");
  EXPECT_EQ(print({{}, Field{sum, {"x", {}}}}), "(a + b).x");
  EXPECT_EQ(print({{}, Prime{name("a")}}), "a'");
}

TEST(Printer, WritesSubscriptsAndShortFractionsTightly) {
  const Expr sum = binary(BinaryOp::Add, name("l"), name("k"));
  EXPECT_EQ(print({{}, Index{name("a"), {sum}}}), "a[l+k]");
  EXPECT_EQ(print(binary(BinaryOp::Divide, name("a"), name("b"))), "a/b");
  EXPECT_EQ(
      print(binary(BinaryOp::Divide, binary(BinaryOp::Multiply, name("a"), name("b")), name("c"))),
      "a * b / c");
}

// Every operator below every operator, on both sides: whatever the tree, its text means the tree.
TEST(Printer, EveryNestingOfTwoOperatorsSurvives) {
  const auto forms = [](const Expr& a, const Expr& b) {
    std::vector<Expr> made{negate(a), {{}, Unary{UnaryOp::Not, {}, a}}, {{}, IfElse{a, b, a}}};
    for (const auto op : {BinaryOp::Add, BinaryOp::Subtract, BinaryOp::Multiply, BinaryOp::Divide,
                          BinaryOp::Modulo, BinaryOp::Power}) {
      made.push_back(binary(op, a, b));
    }
    made.push_back({{}, Comparison{ComparisonOp::Less, {}, a, b}});
    made.push_back({{}, Logical{LogicalOp::And, {}, a, b}});
    made.push_back({{}, Logical{LogicalOp::Or, {}, a, b}});
    made.push_back({{}, Index{a, {b}}});
    return made;
  };
  std::vector<Expr> inner = forms(name("a"), name("b"));
  inner.push_back(quantity());
  for (const Expr& left : inner) {
    for (const Expr& right : inner) {
      for (const Expr& outer : forms(left, right)) {
        EXPECT_EQ(function_dump(reparse(print(outer))), function_dump(outer)) << print(outer);
      }
    }
  }
}

TEST(Printer, QuotesStrings) {
  EXPECT_EQ(print({{}, Text{"a \"b\" \\ \n\t"}}), R"("a \"b\" \\ \n\t")");
}

TEST(Wrap, KeepsLinesThatFit) { EXPECT_EQ(wrap("  x = 1"), (std::vector<std::string>{"  x = 1"})); }

TEST(Wrap, BreaksAfterCommasOutsideOfBracketsAndStrings) {
  const std::string word(40, 'a');
  EXPECT_EQ(wrap("  " + word + ", f(b, c), " + word + ", " + word),
            (std::vector<std::string>{"  " + word + ", f(b, c), " + word + ",", "      " + word}));
  const std::string string = "\"" + std::string(90, ' ') + ", " + std::string(20, ' ') + "\"";
  EXPECT_EQ(wrap("x = " + string), (std::vector<std::string>{"x = " + string}));
}

TEST(Wrap, CountsCodePoints) { EXPECT_EQ(width_of("τ_µ"), 3U); }

}  // namespace
}  // namespace bouton::ast
