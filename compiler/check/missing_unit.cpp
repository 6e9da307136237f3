#include "compiler/check/missing_unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "compiler/units/coherent_unit.h"

namespace bouton::check {

namespace {

using model::BinaryOp;
using model::Expr;

std::optional<WithoutUnit> number_of(const Expr& expr, bool divides, const Context& context) {
  const bool plain = expr.type.kind == model::Kind::Real && !expr.type.generic &&
                     expr.type.dimension.dimensionless();
  if (!plain) return std::nullopt;
  if (const auto* number = std::get_if<model::Number>(&expr.node))
    return WithoutUnit{number->value, std::nullopt, divides};
  const auto* ref = std::get_if<model::Ref>(&expr.node);
  if (ref == nullptr) return std::nullopt;
  const auto known = context.plain_defaults.find(ref->symbol);
  if (known == context.plain_defaults.end()) return std::nullopt;
  return WithoutUnit{known->second, ref->symbol, divides};
}

class Finder {
 public:
  explicit Finder(const Context& context) : context_(context) {}

  std::optional<WithoutUnit> find(const Expr& expr) {
    collect(expr, false);
    const auto best = std::ranges::max_element(found_, {}, [](const WithoutUnit& number) {
      return 2 * (number.parameter ? 1 : 0) + (number.divides ? 1 : 0);
    });
    if (best != found_.end()) return *best;
    for (const Expr* term : terms_)
      if (const auto number = Finder(context_).find(*term)) return number;
    return std::nullopt;
  }

 private:
  void collect(const Expr& expr, bool divides) {
    if (const auto* unary = std::get_if<model::Unary>(&expr.node)) return collect(*unary, divides);
    if (const auto* binary = std::get_if<model::Binary>(&expr.node))
      return collect(*binary, divides);
    if (const auto number = number_of(expr, divides, context_)) found_.push_back(*number);
  }

  void collect(const model::Unary& unary, bool divides) {
    const auto number = number_of(*unary.operand, divides, context_);
    if (!number) return collect(*unary.operand, divides);
    found_.push_back(*number);
    const bool literal = !number->parameter && unary.op == model::UnaryOp::Negate;
    if (literal) found_.back().value = -number->value;
  }

  void collect(const model::Binary& binary, bool divides) {
    const bool divide = binary.op == BinaryOp::Divide;
    if (divide || binary.op == BinaryOp::Multiply) {
      collect(*binary.left, divides);
      return collect(*binary.right, divides != divide);
    }
    if (binary.op != BinaryOp::Add && binary.op != BinaryOp::Subtract) return;
    terms_.push_back(&*binary.left);
    terms_.push_back(&*binary.right);
  }

  const Context& context_;
  std::vector<WithoutUnit> found_;
  std::vector<const Expr*> terms_;
};

std::optional<units::Dimension> dimension_of(const Type& type, const Context& context) {
  if (is_kind(type, model::Kind::Steps)) return units::kTime;
  if (!is_kind(type, model::Kind::Real)) return std::nullopt;
  return context.solver.value(type.dimension);
}

}  // namespace

std::optional<WithoutUnit> find_without_unit(const Expr& expr, const Context& context) {
  return Finder(context).find(expr);
}

void explain_missing_unit(const WithoutUnit& number, units::Dimension dimension,
                          diagnostics::Report report, const Context& context) {
  if (dimension.dimensionless()) return;
  const std::string value = units::print_quantity(number.value, dimension);
  if (!number.parameter) {
    report.hint(fmt::format("a quantity needs its unit, such as `{}`", value));
    return;
  }
  const model::Symbol& symbol = context.names[*number.parameter];
  report.other(symbol.span, "declared without a unit")
      .hint(fmt::format("a quantity needs its unit, such as `{} = {}`", symbol.name, value));
}

void explain_missing_unit(const Typed& value, const Type& place, diagnostics::Report report,
                          const Context& context) {
  const auto wanted = dimension_of(place, context);
  const auto seen = dimension_of(value.type, context);
  const auto number = find_without_unit(value.expr, context);
  if (!wanted || !seen || !number) return;
  // A factor without unit is no mistake of its own where another factor has one.
  if (!seen->dimensionless() && !number->divides) return;
  explain_missing_unit(*number, number->divides ? *seen / *wanted : *wanted / *seen, report,
                       context);
}

}  // namespace bouton::check
