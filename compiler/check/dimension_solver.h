// Dimensions that are not known yet.
//
// A parameter without type or default, the `w` of a rule and the fields of its partners take the
// dimensions that their uses require. Each is a variable; every use gives an equation between
// products of powers, and such equations are solved one at a time by elimination (the exponents are
// rational numbers, so there is always a most general solution). What stays open after a
// declaration was read is generic: every use of the declaration gets fresh variables for it
// (Instance).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/base/ids.h"
#include "compiler/units/dimension.h"

namespace bouton::check {

using DimensionVariable = Id<struct DimensionVariableTag>;

// An exponent in lowest terms, the denominator positive.
struct Rational {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  friend bool operator==(const Rational&, const Rational&) = default;
};

// A product: `constant` times the variables to their exponents, none of them 0.
struct DimensionTerm {
  units::Dimension constant;
  std::map<DimensionVariable, Rational> variables;

  DimensionTerm() = default;
  DimensionTerm(units::Dimension known) : constant(known) {}  // NOLINT: implicit by design
  friend bool operator==(const DimensionTerm&, const DimensionTerm&) = default;
};

[[nodiscard]] DimensionTerm operator*(const DimensionTerm& a, const DimensionTerm& b);
[[nodiscard]] DimensionTerm operator/(const DimensionTerm& a, const DimensionTerm& b);
// Nothing when a constant's exponent would not be a whole twelfth.
[[nodiscard]] std::optional<DimensionTerm> power(const DimensionTerm& base, Rational exponent);

class DimensionSolver {
 public:
  [[nodiscard]] DimensionTerm fresh();

  // Makes both sides equal by fixing open variables; false, and nothing is fixed, when they cannot
  // be.
  [[nodiscard]] bool unify(const DimensionTerm& a, const DimensionTerm& b);

  // The term with every fixed variable replaced.
  [[nodiscard]] DimensionTerm resolve(const DimensionTerm& term) const;
  // The dimension, if nothing in it is open.
  [[nodiscard]] std::optional<units::Dimension> value(const DimensionTerm& term) const;

  // From here on fresh() gives the same variables again, with what is known of them by now.
  // See Note [Two passes] in two_passes.h.
  void rewind() { next_ = 0; }

 private:
  [[nodiscard]] bool can_replace(DimensionVariable variable, const DimensionTerm& by) const;

  std::uint32_t next_ = 0;
  std::vector<std::optional<DimensionTerm>> fixed_;  // free of fixed variables
  std::vector<bool> mentioned_;                      // by some fixed term, now or before
};

// What is still open in the term becomes a plain number: `0/ms` is then a frequency.
void settle(const DimensionTerm& term, DimensionSolver& solver);

// One use of a generic declaration: its open variables stand for fresh ones of `into`, the same one
// each time.
class Instance {
 public:
  explicit Instance(DimensionSolver& into) : into_(into) {}
  [[nodiscard]] DimensionTerm operator()(const DimensionTerm& generic);

 private:
  DimensionSolver& into_;
  std::map<DimensionVariable, DimensionTerm> given_;
};

// "voltage", "no dimension", "any dimension" where it is open.
[[nodiscard]] std::string describe(const DimensionTerm& term, const DimensionSolver& solver);

}  // namespace bouton::check
