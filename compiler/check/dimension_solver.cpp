#include "compiler/check/dimension_solver.h"

#include <limits>
#include <numeric>

namespace bouton::check {

namespace {

Rational reduce(std::int64_t numerator, std::int64_t denominator) {
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  const std::int64_t divisor = std::gcd(numerator, denominator);
  return {numerator / divisor, denominator / divisor};
}

Rational add(Rational a, Rational b) {
  return reduce(a.numerator * b.denominator + b.numerator * a.denominator,
                a.denominator * b.denominator);
}

Rational multiply(Rational a, Rational b) {
  return reduce(a.numerator * b.numerator, a.denominator * b.denominator);
}

// Exponents of real equations are small; larger ones are refused before they can overflow.
bool is_small(Rational exponent) {
  constexpr std::int64_t kLimit = 1 << 12;
  return exponent.numerator < kLimit && exponent.numerator > -kLimit &&
         exponent.denominator < kLimit;
}

bool is_small(const DimensionTerm& term) {
  for (const auto& [variable, exponent] : term.variables)
    if (!is_small(exponent)) return false;
  return true;
}

void multiply_in(DimensionTerm& product, DimensionVariable variable, Rational exponent) {
  const auto [place, inserted] = product.variables.try_emplace(variable, exponent);
  if (!inserted) place->second = add(place->second, exponent);
  if (place->second.numerator == 0) product.variables.erase(place);
}

}  // namespace

DimensionTerm operator*(const DimensionTerm& a, const DimensionTerm& b) {
  DimensionTerm product = a;
  product.constant = a.constant * b.constant;
  for (const auto& [variable, exponent] : b.variables) multiply_in(product, variable, exponent);
  return product;
}

DimensionTerm operator/(const DimensionTerm& a, const DimensionTerm& b) {
  DimensionTerm quotient = a;
  quotient.constant = a.constant / b.constant;
  for (const auto& [variable, exponent] : b.variables)
    multiply_in(quotient, variable, {-exponent.numerator, exponent.denominator});
  return quotient;
}

std::optional<DimensionTerm> power(const DimensionTerm& base, Rational exponent) {
  if (!is_small(exponent)) return std::nullopt;
  const auto constant = base.constant.power(static_cast<int>(exponent.numerator),
                                            static_cast<int>(exponent.denominator));
  if (!constant) return std::nullopt;
  DimensionTerm result(*constant);
  if (exponent.numerator == 0) return result;
  for (const auto& [variable, of_base] : base.variables)
    result.variables.emplace(variable, multiply(of_base, exponent));
  if (!is_small(result)) return std::nullopt;
  return result;
}

DimensionTerm DimensionSolver::fresh() {
  const DimensionVariable variable{next_++};
  if (fixed_.size() < next_) {
    fixed_.emplace_back();
    mentioned_.push_back(false);
  }
  DimensionTerm term;
  term.variables.emplace(variable, Rational{1, 1});
  return term;
}

DimensionTerm DimensionSolver::resolve(const DimensionTerm& term) const {
  DimensionTerm result(term.constant);
  for (const auto& [variable, exponent] : term.variables) {
    const auto& known = fixed_[variable.value];
    if (!known) {
      multiply_in(result, variable, exponent);
      continue;
    }
    // unify() keeps every fixed term free of fixed variables and refuses roots that do not exist.
    if (const auto factor = power(*known, exponent)) result = result * *factor;
  }
  return result;
}

bool DimensionSolver::unify(const DimensionTerm& a, const DimensionTerm& b) {
  const DimensionTerm ratio = resolve(a / b);
  if (ratio.variables.empty()) return ratio.constant.dimensionless();
  // The youngest variable is eliminated, so that those of the interface stay open longest.
  const auto [variable, exponent] = *ratio.variables.rbegin();
  DimensionTerm others = ratio;
  others.variables.erase(variable);
  const auto solution = power(others, reduce(-exponent.denominator, exponent.numerator));
  if (!solution || !can_replace(variable, *solution)) return false;
  fixed_[variable.value] = *solution;
  if (mentioned_[variable.value])
    for (auto& known : fixed_)
      if (known && known->variables.contains(variable)) known = resolve(*known);
  for (const auto& factor : solution->variables) mentioned_[factor.first.value] = true;
  return true;
}

bool DimensionSolver::can_replace(DimensionVariable variable, const DimensionTerm& by) const {
  if (!mentioned_[variable.value]) return true;
  for (const auto& known : fixed_) {
    if (!known) continue;
    const auto place = known->variables.find(variable);
    if (place != known->variables.end() && !power(by, place->second)) return false;
  }
  return true;
}

std::optional<units::Dimension> DimensionSolver::value(const DimensionTerm& term) const {
  const DimensionTerm resolved = resolve(term);
  if (!resolved.variables.empty()) return std::nullopt;
  return resolved.constant;
}

void settle(const DimensionTerm& term, DimensionSolver& solver) {
  for (const auto& [variable, exponent] : solver.resolve(term).variables) {
    DimensionTerm open;
    open.variables.emplace(variable, Rational{1, 1});
    static_cast<void>(solver.unify(open, units::kNone));
  }
}

DimensionTerm Instance::operator()(const DimensionTerm& generic) {
  DimensionTerm term(generic.constant);
  for (const auto& [variable, exponent] : generic.variables) {
    if (!given_.contains(variable)) given_.emplace(variable, into_.fresh());
    if (const auto factor = power(given_.at(variable), exponent)) term = term * *factor;
  }
  return term;
}

std::string describe(const DimensionTerm& term, const DimensionSolver& solver) {
  const auto known = solver.value(term);
  return known ? units::describe(*known) : "any dimension";
}

}  // namespace bouton::check
