#include "compiler/elaborate/time_constants.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "compiler/elaborate/expr_walk.h"
#include "compiler/model/builtins.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;
using model::BinaryOp;
using model::Expr;
using runtime::Tensor;

bool is_time(const Expr& expr) {
  return expr.type.kind == model::Kind::Real && expr.type.dimension == units::kTime;
}

class DivisorCheck {
 public:
  // `counts`: whether the parameter values of an element are used.
  DivisorCheck(const model::Scope& scope, const ParameterValues& values, source::Span use,
               std::function<bool(std::size_t)> counts, Builder& builder)
      : scope_(scope), values_(values), use_(use), counts_(std::move(counts)), builder_(builder) {}

  void check(const Expr& formula) {
    walk(formula, [&](const Expr& part) { check_part(part); });
  }
  void check(const model::HandlerBody& body) {
    walk(body, [&](const Expr& part) { check_part(part); });
  }

  // Of `lowpass(x, tau)` and `highpass(x, tau)`.
  void check_filter(const Expr& value) {
    const auto* call = std::get_if<model::Call>(&value.node);
    const auto* id = call != nullptr ? std::get_if<model::BuiltinId>(&call->callee) : nullptr;
    if (id == nullptr) return;
    const std::string_view name = model::builtin(*id).name;
    if (name == "lowpass" || name == "highpass") check_divisor(call->arguments[1], false);
  }

 private:
  void check_part(const Expr& part) {
    const auto* binary = std::get_if<model::Binary>(&part.node);
    if (binary != nullptr && binary->op == BinaryOp::Divide) check_divisor(*binary->right, false);
  }

  void check_divisor(const Expr& divisor, bool negated) {
    if (const auto* unary = std::get_if<model::Unary>(&divisor.node))
      return check_divisor(*unary->operand, negated != (unary->op == model::UnaryOp::Negate));
    if (const auto* binary = std::get_if<model::Binary>(&divisor.node)) {
      if (binary->op != BinaryOp::Multiply) return;
      check_divisor(*binary->left, negated);
      return check_divisor(*binary->right, negated);
    }
    if (!is_time(divisor)) return;
    if (const auto* number = std::get_if<model::Number>(&divisor.node))
      check_value("a time constant", negated ? -number->value : number->value, divisor.span);
    if (const auto* ref = std::get_if<model::Ref>(&divisor.node); ref != nullptr && !negated)
      check_parameter(ref->symbol, divisor.span);
  }

  void check_parameter(model::SymbolId symbol, source::Span place) {
    const auto found = std::ranges::find(values_, symbol, &ParameterValue::symbol);
    const auto* tensor = found == values_.end() ? nullptr : std::get_if<Tensor>(&found->value);
    if (tensor == nullptr) return;
    if (reported_.contains(symbol)) return;
    const std::string& name = scope_[symbol].name;
    if (tensor->is_scalar()) {
      if (!check_value(fmt::format("the time constant `{}`", name), tensor->scalar(), place))
        reported_.insert(symbol);
      return;
    }
    for (std::size_t element = 0; element < tensor->size(); ++element) {
      const std::string what = fmt::format("the time constant `{}` of element {}", name, element);
      if (!counts_(element) || check_value(what, (*tensor)[element], place)) continue;
      reported_.insert(symbol);
      return;
    }
  }

  bool check_value(const std::string& what, double value, source::Span place) {
    if (value > 0.0) return true;
    builder_.diagnostics.report(Kind::NotPositive, place, {what, fmt::format("{} ms", value)})
        .other(use_, "with the values given here")
        .hint(value < 0.0 ? fmt::format("did you mean `{} ms`?", -value)
                          : "a time constant is a positive time, such as `10 ms`");
    return false;
  }

  const model::Scope& scope_;
  const ParameterValues& values_;
  source::Span use_;
  std::function<bool(std::size_t)> counts_;
  Builder& builder_;
  std::set<model::SymbolId> reported_;
};

bool every_element(std::size_t) { return true; }

}  // namespace

void check_time_constants(const Population& population, Builder& builder) {
  const model::Neuron& neuron = builder.program.neurons[population.neuron];
  DivisorCheck divisors(neuron.scope, population.parameters, population.span, every_element,
                        builder);
  for (const model::State& state : neuron.states)
    if (state.derivative) divisors.check(*state.derivative);
  for (const model::Algebraic& algebraic : neuron.algebraics)
    divisors.check_filter(algebraic.value);
}

void check_time_constants(const SynapseInstance& instance, Builder& builder) {
  const model::Synapse& synapse = builder.program.synapses[instance.synapse];
  DivisorCheck divisors(synapse.scope, instance.parameters, instance.span, every_element, builder);
  if (synapse.psp) divisors.check(synapse.psp->value);
  for (const model::State& state : synapse.states)
    if (state.derivative) divisors.check(*state.derivative);
}

void check_time_constants(const RuleInstance& instance, const Projection& projection,
                          Builder& builder) {
  const model::Rule& rule = builder.program.rules[instance.rule];
  const auto has_element = [&](std::size_t element) {
    const auto place = static_cast<std::int64_t>(element);
    return has_synapse(projection, place / projection.pre.count, place % projection.pre.count);
  };
  DivisorCheck divisors(rule.scope, instance.parameters, instance.span, has_element, builder);
  for (const model::TraceDecl& trace : rule.traces) divisors.check(trace.derivative);
  for (const model::RuleItem& item : rule.items) {
    if (const auto* equation = std::get_if<model::RuleEquation>(&item.node))
      divisors.check(equation->value);
    if (const auto* pair = std::get_if<model::OnPair>(&item.node)) divisors.check(pair->body);
  }
}

}  // namespace bouton::elaborate
