#include "compiler/lower/integrate.h"

#include <algorithm>

#include "compiler/elaborate/decay.h"
#include "compiler/elaborate/expr_walk.h"

namespace bouton::lower {

namespace {

using model::SymbolKind;

std::optional<model::Expr> time_constant_of(const Equation& equation) {
  if (equation.solver == model::Solver::Euler) return std::nullopt;
  return elaborate::decay_time_constant(equation.derivative, equation.state, equation.scope);
}

// When states are integrated, columns of weights, traces and neurons' states hold what this step
// has made of them, and not what the equation is about.
class StageTest {
 public:
  StageTest(const Lowering& lowering, const RuleAt& at)
      : network_(lowering.network),
        projection_(network_.projections[at.projection]),
        instance_(projection_.rules[at.rule]),
        scope_(lowering.rule_of(instance_).scope) {}

  [[nodiscard]] bool passes(const model::Expr& derivative) const {
    bool passed = true;
    elaborate::walk(derivative, [&](const model::Expr& part) {
      if (const auto* ref = std::get_if<model::Ref>(&part.node))
        passed = passed && lasts(scope_[ref->symbol].kind);
      if (const auto* field = std::get_if<model::PartnerField>(&part.node))
        passed = passed && field->form == model::PartnerField::Form::Value && lasts(*field);
      if (std::holds_alternative<model::Previous>(part.node)) passed = false;
    });
    return passed;
  }

 private:
  static bool lasts(SymbolKind kind) {
    return kind != SymbolKind::Weight && kind != SymbolKind::Trace && kind != SymbolKind::Time;
  }
  [[nodiscard]] bool lasts(const model::PartnerField& field) const {
    const auto binding = std::ranges::find_if(instance_.partners, [&](const auto& candidate) {
      return candidate.side == field.side && candidate.field == field.field;
    });
    const bool pre = field.side == model::Side::Pre;
    const auto id = pre ? projection_.pre.population : projection_.post.population;
    const SymbolKind kind =
        network_.neuron_of(network_.populations[id]).scope[binding->symbol].kind;
    return kind != SymbolKind::State && kind != SymbolKind::SinceSpike && lasts(kind);
  }

  const elaborate::Network& network_;
  const elaborate::Projection& projection_;
  const elaborate::RuleInstance& instance_;
  const model::Scope& scope_;
};

}  // namespace

Value next_value(const Equation& equation, plan::ValueId now, const Names& names, Emitter& emit) {
  const Value timestep = emit.timestep();
  if (const auto tau = time_constant_of(equation)) {
    const Value rate = emit.calculate(model::BinaryOp::Divide, emit.negate(timestep),
                                      lower_expression(*tau, names, emit));
    return emit.calculate(model::BinaryOp::Multiply, now, emit.call("exp", {rate}));
  }
  const Value slope = lower_expression(equation.derivative, names, emit);
  const Value change = emit.calculate(model::BinaryOp::Multiply, timestep, slope);
  return emit.calculate(model::BinaryOp::Add, now, change);
}

std::string method_of(const Equation& equation) {
  if (time_constant_of(equation))
    return "closed form: a pure decay, by exp(-timestep/tau) in each step";
  return equation.solver == model::Solver::Euler ? "Euler's method, as `solve with euler` says"
                                                 : "Euler's method";
}

std::optional<plan::Item> integrate_rule(Lowering& lowering, const RuleAt& at) {
  const ProjectionParts& parts = lowering.projections[at.projection];
  const model::Rule& rule =
      lowering.rule_of(lowering.network.projections[at.projection].rules[at.rule]);
  const StageTest is_settled(lowering, at);
  plan::KernelBuilder k(lowering.plan, "integrate", parts.circuit, parts.link);
  Emitter emit(lowering, k);
  const Names names = rule_names(at, emit);
  std::vector<std::pair<plan::ColumnId, Value>> next;
  for (const model::RuleItem& item : rule.items) {
    const auto* found = std::get_if<model::RuleEquation>(&item.node);
    if (found == nullptr || rule.scope[found->target].kind == SymbolKind::Weight) continue;
    if (!is_settled.passes(found->value))
      lowering.refuse(Unlowered::RuleStateEquation, found->value.span);
    const Equation equation{found->value, found->target, rule.scope, rule.solver};
    const plan::ColumnId column = parts.rules[at.rule].columns.at(found->target);
    k.origin({rule.scope[found->target].name + "'", found->value.span, method_of(equation)});
    next.emplace_back(column, next_value(equation, k.load(column), names, emit));
  }
  if (next.empty()) return std::nullopt;
  for (const auto& [column, value] : next) k.store(column, emit.real(value));
  return plan::Item{k.finish(), {}, parts.rules[at.rule].rule};
}

}  // namespace bouton::lower
