// The rules of layout and lexing, in the order of the language's definition.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/parse/parsing.h"

namespace bouton::parse {
namespace {

using testing::ElementsAre;

TEST(Layout, LineEndsAndSemicolonsEndStatements) {
  EXPECT_THAT(statements_of("a = 1\nb = 2; c = 3;\n\n;;\nd = 4"),
              ElementsAre("a = 1", "b = 2", "c = 3", "d = 4"));
}

TEST(Layout, LineEndsInsideParenthesesAndBracketsAreNone) {
  EXPECT_THAT(statements_of("a = (1\n + 2)\nb = [1\n, 2\n]\nc = f(\n1\n)"),
              ElementsAre("a = (+ 1 2)", "b = (array 1 2)", "c = (call f 1)"));
}

TEST(Layout, LineEndsAfterAJoiningTokenAreNone) {
  EXPECT_THAT(statements_of("a =\n1 +\n2\nb +=\n3\nc = x and\n\ny\nfor i in 0 ..\n3 { break }\n"
                            "projection W:\nz ->\nz.I,\nno self\ne = x <\ny mod\nz"),
              ElementsAre("a = (+ 1 2)", "b += 3", "c = (and x y)", "for i in (.. 0 3)", "  break",
                          "projection W: z -> (. z I), no self", "e = (< x (mod y z))"));
}

TEST(Layout, ALineEndBeforeAnOperatorEndsTheStatement) {
  EXPECT_THAT(parse_text("experiment E {\nx = a\n+ b\n}").messages,
              ElementsAre("3:1 expected a statement, found `+`"));
}

TEST(Layout, ElseMayStandOnTheNextLine) {
  EXPECT_THAT(statements_of("if a { x = 1 }\n\n else if b { x = 2 } \n# why\n else { x = 3 }"),
              ElementsAre("# why", "if a", "  x = 1", "else if b", "  x = 2", "else", "  x = 3"));
}

TEST(Layout, ClosingBracesNeedNoLineEndBefore) {
  EXPECT_THAT(statements_of("if a { x = 1; y = 2 }"), ElementsAre("if a", "  x = 1", "  y = 2"));
}

TEST(Words, MostKeywordsAreNamesElsewhere) {
  EXPECT_THAT(
      statements_of("rate = step + noise * state\nrun = weights\nspike.phase += run\n"
                    "timestep 1 ms\nx = log(log)\nreset\nreset = 1\nrecord record"),
      ElementsAre("rate = (+ step (* noise state))", "run = weights", "(. spike phase) += run",
                  "timestep 1 ms", "x = (call log log)", "reset", "reset = 1", "record record"));
}

TEST(Words, EveryWordIsANameAfterADot) {
  EXPECT_EQ(structure_of("a.in + b.rule + c.spike + d.true"),
            "(+ (+ (+ (. a in) (. b rule)) (. c spike)) (. d true))");
}

TEST(Words, ReservedWordsAreNoNames) {
  for (const char* word :
       {"experiment", "circuit",  "neuron", "synapse", "rule", "function", "sweep", "verify",
        "import",     "nonlocal", "if",     "else",    "for",  "in",       "let",   "var",
        "of",         "on",       "and",    "or",      "not",  "mod",      "by",    "per",
        "no",         "to",       "after",  "every",   "true", "false"}) {
    EXPECT_FALSE(parse_text(std::string("experiment E { let ") + word + " = 1 }").file) << word;
  }
}

TEST(Words, IdentifiersMayHaveLettersOfAnyAlphabet) {
  EXPECT_EQ(structure_of("τ_m * µ2"), "(* τ_m µ2)");
}

TEST(Quantities, AnIdentifierDirectlyAfterANumberIsItsUnit) {
  EXPECT_EQ(structure_of("2 ms^2"), "2 ms^2");
  EXPECT_EQ(structure_of("2 s^-1"), "2 s^-1");
  EXPECT_EQ(structure_of("2 s^-x"), "(^ 2 s (- x))");
  EXPECT_EQ(structure_of("5 mV/ms"), "(/ 5 mV ms)");
  EXPECT_EQ(structure_of("-70mV"), "(- 70 mV)");
  EXPECT_EQ(structure_of("2 ms^x"), "(^ 2 ms x)");
  EXPECT_EQ(structure_of("x^2 * 3"), "(* (^ x 2) 3)");
}

TEST(Quantities, AKeywordAfterANumberIsNoUnit) {
  EXPECT_THAT(statements_of("expect x == 0 within 1e-12\nplot 2 vs x"),
              ElementsAre("expect (== x 0) within 1e-12", "plot 2 vs x"));
}

TEST(Quantities, NumbersHaveDigitsOnBothSidesOfThePoint) {
  EXPECT_EQ(structure_of("a[0..1]"), "(index a (.. 0 1))");
  EXPECT_EQ(structure_of("1.5e-3"), "1.5e-3");
  EXPECT_EQ(structure_of("2E6"), "2E6");
  EXPECT_EQ(structure_of(".5"),
            "2:5 expected a value, found `.` (numbers have digits on both sides of the point)");
}

TEST(Ranges, StandInLoopsSubscriptsAndSweeps) {
  EXPECT_THAT(statements_of("for l in 1 .. L-1 { break }\nx = y[0 .. 7]"),
              ElementsAre("for l in (.. 1 (- L 1))", "  break", "x = (index y (.. 0 7))"));
  const auto sweep = parse_text("sweep S of E { a in 0 .. 1 by 0.2; seeds 3 }");
  EXPECT_TRUE(sweep.file);
  EXPECT_EQ(structure_of("1 .. 2"), "2:7 expected the end of the statement, found `..`");
}

TEST(Primes, StandAfterStatesVariablesAndFunctions) {
  EXPECT_THAT(items_of("x' = -x/tau\ny = x' + post.y' + f'(x), initially 0"),
              ElementsAre("x' = (/ (- x) tau)",
                          "y = (+ (+ (' x) (' (. post y))) (derivative f x)), initially 0"));
}

TEST(Conditionals, AreExpressionsWithColonsAndStatementsWithBraces) {
  EXPECT_THAT(statements_of("x = if a: 1 else: 2\nif a { x = 1 } else { x = 2 }"),
              ElementsAre("x = (if a 1 2)", "if a", "  x = 1", "else", "  x = 2"));
}

TEST(Comparisons, DoNotChain) {
  EXPECT_EQ(structure_of("a < b < c"),
            "2:11 comparisons do not chain: `<` follows `<` (join two comparisons with `and`)");
}

TEST(Pairs, DtIsWhateverNameTheHandlerGives) {
  EXPECT_THAT(items_of("on pair(lag) nearest 2 in index order { w += lag }"),
              ElementsAre("on pair(lag) nearest 2 in index order", "  w += lag"));
}

}  // namespace
}  // namespace bouton::parse
