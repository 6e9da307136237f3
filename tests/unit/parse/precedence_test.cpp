#include <gtest/gtest.h>

#include <string>

#include "tests/unit/parse/parsing.h"

namespace bouton::parse {
namespace {

struct Grouping {
  std::string expression;
  std::string structure;
};

class Precedence : public testing::TestWithParam<Grouping> {};

TEST_P(Precedence, GroupsAsDefined) {
  EXPECT_EQ(structure_of(GetParam().expression), GetParam().structure);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Precedence,
    testing::Values(Grouping{"a + b * c", "(+ a (* b c))"}, Grouping{"a * b + c", "(+ (* a b) c)"},
                    Grouping{"a - b - c", "(- (- a b) c)"}, Grouping{"a / b / c", "(/ (/ a b) c)"},
                    Grouping{"a mod b * c", "(* (mod a b) c)"}, Grouping{"a^b^c", "(^ a (^ b c))"},
                    Grouping{"-x^2", "(- (^ x 2))"}, Grouping{"x^-y", "(^ x (- y))"},
                    Grouping{"x^-y * z", "(* (^ x (- y)) z)"}, Grouping{"-a * b", "(* (- a) b)"},
                    Grouping{"a * -b", "(* a (- b))"}, Grouping{"a - -b", "(- a (- b))"},
                    Grouping{"--a", "(- (- a))"}, Grouping{"a.b^c", "(^ (. a b) c)"},
                    Grouping{"-a.b[i]", "(- (index (. a b) i))"}, Grouping{"a'^2", "(^ (' a) 2)"},
                    Grouping{"a.b'", "(' (. a b))"}, Grouping{"2 * x'", "(* 2 (' x))"}));

INSTANTIATE_TEST_SUITE_P(Logic, Precedence,
                         testing::Values(Grouping{"a or b and c", "(or a (and b c))"},
                                         Grouping{"a and b or c", "(or (and a b) c)"},
                                         Grouping{"not a and b", "(and (not a) b)"},
                                         Grouping{"not a == b", "(not (== a b))"},
                                         Grouping{"a + b < c * d", "(< (+ a b) (* c d))"},
                                         Grouping{"a < b and c >= d", "(and (< a b) (>= c d))"},
                                         Grouping{"a != b or c <= d", "(or (!= a b) (<= c d))"},
                                         Grouping{"(a < b) == (c > d)", "(== (< a b) (> c d))"},
                                         Grouping{"not not a", "(not (not a))"}));

INSTANTIATE_TEST_SUITE_P(
    Forms, Precedence,
    testing::Values(Grouping{"if a: b else: c + d", "(if a b (+ c d))"},
                    Grouping{"if a: b else: if c: d else: e", "(if a b (if c d e))"},
                    Grouping{"2 * (if a: b else: c)", "(* 2 (if a b c))"},
                    Grouping{"f(x, if a: b else: c, y = 2)", "(call f x (if a b c) y=2)"},
                    Grouping{"f'(x + 1)", "(derivative f (+ x 1))"}, Grouping{"f()", "(call f)"},
                    Grouping{"[[1, 2], []]", "(array (array 1 2) (array))"},
                    Grouping{"(a, b)", "(tuple a b)"}, Grouping{"((a))", "a"},
                    Grouping{"a[i, 0 .. n]", "(index a i (.. 0 n))"},
                    Grouping{"a[0 .. 2*n by 2]", "(index a (.. 0 (* 2 n) by 2))"},
                    Grouping{"true and false", "(and true false)"},
                    Grouping{R"("a\"b\\\n\t")", R"("a\"b\\\n\t")"},
                    Grouping{"boltzmann(W).marginals[0]",
                             "(index (. (call boltzmann W) marginals) 0)"}));

}  // namespace
}  // namespace bouton::parse
