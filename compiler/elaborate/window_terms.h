// An expression of the time difference, on one side of 0, as a sum of coefficient * age^power *
// exp(-age/time_constant) with age = |dt|. Coefficients keep the order in which the program
// multiplies; constants among them are folded.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "compiler/elaborate/pair_window.h"

namespace bouton::elaborate {

using WindowTerms = std::vector<WindowTerm>;

class WindowReader {
 public:
  // `sign` is that of dt: 1 where the post spike is later, -1 where the pre spike is.
  WindowReader(const model::Scope& scope, model::SymbolId pair_time, int sign,
               RealArithmetic arithmetic)
      : scope_(scope), pair_time_(pair_time), sign_(sign), arithmetic_(arithmetic) {}

  // Zero terms are left out: the sum of none is 0.
  [[nodiscard]] std::variant<WindowTerms, NoWindow> read(const model::Expr& expr) const;

  // A condition on the sign of dt only; nothing for any other.
  [[nodiscard]] std::optional<bool> decide(const model::Expr& condition) const;

 private:
  using Read = std::variant<WindowTerms, NoWindow>;

  [[nodiscard]] Read read_binary(const model::Binary& binary, source::Span span) const;
  [[nodiscard]] Read read_product(const model::Binary& binary, source::Span span) const;
  [[nodiscard]] Read read_power(const model::Binary& binary, source::Span span) const;
  [[nodiscard]] Read read_call(const model::Call& call, source::Span span) const;
  [[nodiscard]] Read read_exponential(const model::Expr& exponent, source::Span span) const;
  [[nodiscard]] Read read_steps(const model::Expr& steps) const;
  [[nodiscard]] Read read_coefficient(const model::Expr& expr) const;
  [[nodiscard]] bool is_age(const model::Expr& expr) const;         // |dt| in ms
  [[nodiscard]] bool is_difference(const model::Expr& expr) const;  // dt in ms
  [[nodiscard]] std::optional<bool> decide_comparison(const model::Binary& binary) const;

  const model::Scope& scope_;
  model::SymbolId pair_time_;
  int sign_;
  RealArithmetic arithmetic_;
};

[[nodiscard]] WindowTerms negated(WindowTerms terms);

}  // namespace bouton::elaborate
