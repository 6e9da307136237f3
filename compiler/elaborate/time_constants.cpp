#include "compiler/elaborate/time_constants.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "compiler/elaborate/time_divisors.h"
#include "runtime/base/run_errors.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;
using model::Expr;
using runtime::Tensor;

class DivisorCheck {
 public:
  // `counts`: whether the parameter values of an element are used.
  DivisorCheck(const model::Scope& scope, const ParameterValues& values, source::Span use,
               std::function<bool(std::size_t)> counts, Builder& builder)
      : scope_(scope), values_(values), use_(use), counts_(std::move(counts)), builder_(builder) {}

  void check(const Expr& divisor, bool negated) {
    if (const auto* number = std::get_if<model::Number>(&divisor.node))
      check_value("a time constant", negated ? -number->value : number->value, divisor.span);
    if (const auto* ref = std::get_if<model::Ref>(&divisor.node); ref != nullptr && !negated)
      check_parameter(ref->symbol, divisor.span);
  }

 private:
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
        .hint(runtime::time_constant_not_positive(what, value).hint);
    return false;
  }

  const model::Scope& scope_;
  const ParameterValues& values_;
  source::Span use_;
  std::function<bool(std::size_t)> counts_;
  Builder& builder_;
  std::set<model::SymbolId> reported_;
};

template <typename Declaration>
void check_divisors(const Declaration& declaration, DivisorCheck check) {
  visit_time_divisors(declaration,
                      [&](const Expr& divisor, bool negated) { check.check(divisor, negated); });
}

bool every_element(std::size_t) { return true; }

}  // namespace

void check_time_constants(const Population& population, Builder& builder) {
  const model::Neuron& neuron = builder.program.neurons[population.neuron];
  check_divisors(neuron,
                 {neuron.scope, population.parameters, population.span, every_element, builder});
}

void check_time_constants(const SynapseInstance& instance, Builder& builder) {
  const model::Synapse& synapse = builder.program.synapses[instance.synapse];
  check_divisors(synapse,
                 {synapse.scope, instance.parameters, instance.span, every_element, builder});
}

void check_time_constants(const RuleInstance& instance, const Projection& projection,
                          Builder& builder) {
  const model::Rule& rule = builder.program.rules[instance.rule];
  const auto has_element = [&](std::size_t element) {
    const auto place = static_cast<std::int64_t>(element);
    return has_synapse(projection, place / projection.pre.count, place % projection.pre.count);
  };
  check_divisors(rule, {rule.scope, instance.parameters, instance.span, has_element, builder});
}

}  // namespace bouton::elaborate
