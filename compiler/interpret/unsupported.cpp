#include "compiler/interpret/unsupported.h"

#include <array>
#include <string>

#include "compiler/base/match.h"
#include "compiler/elaborate/assigned.h"
#include "compiler/elaborate/decay.h"
#include "compiler/elaborate/expr_walk.h"

namespace bouton::interpret {

namespace {

using elaborate::Network;

enum class Unsupported : std::uint8_t {
#define BOUTON_UNSUPPORTED(name, what, hint) name,
#include "compiler/interpret/unsupported.def"
#undef BOUTON_UNSUPPORTED
};

struct Refusal {
  const char* what;
  const char* hint;
};

constexpr auto kRefusals = std::to_array<Refusal>({
#define BOUTON_UNSUPPORTED(name, what, hint) {what, hint},
#include "compiler/interpret/unsupported.def"
#undef BOUTON_UNSUPPORTED
});

class Finder {
 public:
  explicit Finder(const Network& network) : network_(network) {}

  std::optional<elaborate::Problem> find() {
    for (const elaborate::Population& population : network_.populations)
      look_at(network_.neuron_of(population));
    for (const elaborate::Projection& projection : network_.projections) look_at(projection);
    look_at(network_.statements);
    for (const elaborate::Phase& phase : network_.phases) look_at(phase.assignments);
    return found_;
  }

 private:
  void refuse(Unsupported what, source::Span span) {
    if (found_) return;
    const Refusal& refusal = kRefusals[static_cast<std::size_t>(what)];
    found_ = elaborate::Problem{span, std::string(refusal.what) + " cannot be interpreted yet",
                                refusal.hint};
  }

  void look_at_call(const model::Expr& part) {
    const auto* call = std::get_if<model::Call>(&part.node);
    if (call != nullptr && call->derivative) refuse(Unsupported::FunctionDerivative, part.span);
  }

  void look_at(const model::Expr& expr) {
    elaborate::walk(expr, [&](const model::Expr& part) { look_at_call(part); });
  }

  void look_at(const model::Neuron& neuron) {
    for (const model::Algebraic& algebraic : neuron.algebraics) look_at(algebraic.value);
    if (neuron.spike) look_at(neuron.spike->value);
    if (neuron.spike) look_at(neuron.spike->body);
    for (const model::HandlerBody& handler : neuron.on_step) look_at(handler);
    for (const model::State& state : neuron.states) look_at(state, neuron);
  }

  void look_at(const model::State& state, const model::Neuron& neuron) {
    if (!state.derivative) return;
    look_at(*state.derivative);
    if (neuron.solver == model::Solver::Euler) return;
    if (neuron.solver != model::Solver::Default && neuron.solver != model::Solver::Exact)
      return refuse(Unsupported::OtherSolver, state.derivative->span);
    if (!elaborate::decay_time_constant(*state.derivative, state.symbol, neuron.scope))
      refuse(Unsupported::ExactSolution, state.derivative->span);
  }

  void look_at(const elaborate::Projection& projection) {
    if (projection.synapse && !projection.synapse->psp)
      refuse(Unsupported::SynapseState, projection.synapse->span);
    for (const elaborate::RuleInstance& rule : projection.rules)
      look_at(network_.program->rules[rule.rule]);
  }

  void look_at(const model::HandlerBody& body) {
    elaborate::walk(body, [&](const model::Expr& part) { look_at_call(part); });
  }

  void look_at(const model::Rule& rule) {
    for (const model::RuleItem& item : rule.items)
      match(
          item.node, [&](const model::OnPair& pair) { look_at(pair.body); },
          [&](const model::OnSpikeOf& spike) { look_at(spike.body); },
          [&](const model::OnStep& step) { look_at(step.body); },
          [&](const model::RuleEquation& equation) { look_at(equation.value); });
    for (const model::TraceDecl& trace : rule.traces) look_at(trace.derivative);
    if (rule.solver != model::Solver::Default && rule.solver != model::Solver::Euler &&
        rule.solver != model::Solver::Exact)
      refuse(Unsupported::OtherSolver, rule.span);
  }

  void look_at(const model::Body& body) {
    elaborate::for_each_assigned(body,
                                 [&](const model::Quantity& quantity, const model::Expr& target) {
                                   look_at_target(quantity, target.span);
                                 });
  }

  void look_at_target(const model::Quantity& quantity, source::Span span) {
    if (quantity.rule || quantity.variable == "w") return;
    for (const auto& [key, owner] : network_.owners)
      if (key.circuit == quantity.circuit && key.owner == quantity.owner &&
          std::holds_alternative<elaborate::ProjectionId>(owner))
        return refuse(Unsupported::SynapseParameter, span);
  }

  const Network& network_;
  std::optional<elaborate::Problem> found_;
};

}  // namespace

std::optional<elaborate::Problem> find_unsupported(const Network& network) {
  return Finder(network).find();
}

}  // namespace bouton::interpret
