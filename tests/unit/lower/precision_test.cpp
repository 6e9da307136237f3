// The program's precision in the plan: it is stated, constants are folded and rounded in it.
#include <gmock/gmock.h>

#include <array>
#include <charconv>

#include "tests/unit/lower/lowered.h"

namespace bouton::lower {
namespace {

using elaborate::Precision;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kProgram =
    "neuron N(a = 0.1) { state x = 0; on step { x += a * 0.3 } }\n"
    "experiment E {\n timestep 0.1 ms\n population z[2]: N()\n"
    " run 1 ms observing { m = mean(z.x); d = mean(z.x * 0.7) }\n print m, d\n}";

TEST(Precision, IsStatedByThePlan) {
  EXPECT_THAT(plan::print(*compile_text(kProgram)->plan), HasSubstr("double exact"));
  const auto single = compile_text(kProgram, 0, Precision::Single);
  EXPECT_EQ(single->plan->precision, plan::Precision::Single);
  EXPECT_THAT(plan::print(*single->plan), HasSubstr("single exact"));
  EXPECT_EQ(single->errors(), "");
}

TEST(Precision, IsThatOfFoldedConstants) {
  const auto text = [](double number) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
    return "constant " + std::string(digits.begin(), end) + "\n";
  };
  const std::string in_double = plan::print(*compile_text(kProgram)->plan);
  EXPECT_THAT(in_double, HasSubstr(text(0.1 * 0.3)));
  const std::string in_single = plan::print(*compile_text(kProgram, 0, Precision::Single)->plan);
  EXPECT_THAT(in_single, HasSubstr(text(static_cast<double>(0.1F * 0.3F))));
  EXPECT_THAT(in_single, Not(HasSubstr(text(0.1 * 0.3))));
}

// What is observed is an expression of the experiment.
TEST(Precision, IsDoubleInObservedExpressions) {
  const std::string in_single = plan::print(*compile_text(kProgram, 0, Precision::Single)->plan);
  EXPECT_THAT(in_single, HasSubstr("scratch wide"));
  EXPECT_THAT(in_single, HasSubstr("constant 0.7\n"));
}

}  // namespace
}  // namespace bouton::lower
