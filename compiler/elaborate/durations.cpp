#include "compiler/elaborate/durations.h"

#include <algorithm>
#include <set>

#include "compiler/base/match.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/parameter_values.h"
#include "compiler/elaborate/steps.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;

enum class AtLeast : std::uint8_t { Zero, One };

void report_duration(const Problem& problem, Builder& builder) {
  builder.diagnostics.report(Kind::BadDuration, problem.span, {problem.message}).hint(problem.hint);
}

// ----------------------------------------------------------------------------- statements

class StatementDurations {
 public:
  explicit StatementDurations(Builder& builder) : builder_(builder) {}

  void check(const model::Body& body) {
    for (const model::Stmt& stmt : body) check(stmt);
  }

  // Once for all members of a family, which share their lag.
  void check_lags(const Phase& phase) {
    std::set<source::Span> seen;
    for (const Phase::Learner& learner : phase.learners)
      if (learner.after && seen.insert(learner.after->span).second)
        check(*learner.after, "a lag", AtLeast::Zero);
  }

 private:
  void check(const model::Stmt& stmt) {
    if (const auto* let = std::get_if<model::Let>(&stmt.node)) {
      forget(let->symbol);
      builder_.environment.constants[let->symbol] = &let->value;
    } else if (const auto* run = std::get_if<model::Run>(&stmt.node)) {
      check_run(*run);
    } else if (const auto* loop = std::get_if<model::For>(&stmt.node)) {
      for (const model::SymbolId symbol : loop->symbols) forget(symbol);
      check(loop->body);
    } else if (const auto* choice = std::get_if<model::If>(&stmt.node)) {
      check(choice->when_true);
      check(choice->when_false);
    } else if (const auto* every = std::get_if<model::Every>(&stmt.node)) {
      check(every->body);
    } else if (const auto* normalise = std::get_if<model::Normalise>(&stmt.node)) {
      if (normalise->every) check(*normalise->every, "a period", AtLeast::One);
    }
  }

  // What a name stood for before: it may stand for something else in each copy of a loop.
  void forget(model::SymbolId symbol) {
    builder_.environment.values[symbol.value].reset();
    builder_.environment.constants.erase(symbol);
  }

  void check_run(const model::Run& run) {
    check(run.duration, "a run", AtLeast::One);
    for (const model::Observation& observation : run.observing) {
      if (observation.every) check(*observation.every, "a period", AtLeast::One);
      if (observation.after) check(*observation.after, "a start", AtLeast::Zero);
    }
  }

  void check(const model::Expr& expr, const char* what, AtLeast least) {
    if (!is_known(expr, builder_.environment)) return;
    const auto steps = evaluate_duration(expr, builder_.environment);
    if (!steps) return report_duration(steps.problem(), builder_);
    const std::int64_t minimum = least == AtLeast::One ? 1 : 0;
    if (*steps >= minimum) return;
    const char* refusal = minimum == 1 ? " takes at least one step" : " cannot be negative";
    report_duration(
        {expr.span, std::string(what) + refusal + ", but this is " + in_steps(*steps), ""},
        builder_);
  }

  Builder& builder_;
};

// ------------------------------------------------------------------------------- dynamics

// The values that a declaration's parameters start with, one element at a time.
struct Instance {
  const model::Scope& scope;
  const ParameterValues& parameters;
  model::SymbolId timestep;
  source::Span span;  // of the population or learning clause
  std::size_t elements = 1;
};

bool depends_on_parameters_only(const model::Expr& expr, const model::Scope& scope) {
  bool result = true;
  walk(expr, [&](const model::Expr& part) {
    if (const auto* ref = std::get_if<model::Ref>(&part.node)) {
      const model::SymbolKind kind = scope[ref->symbol].kind;
      result =
          result && (kind == model::SymbolKind::Parameter || kind == model::SymbolKind::Timestep);
    }
    if (std::holds_alternative<model::Previous>(part.node) ||
        std::holds_alternative<model::Slope>(part.node) ||
        std::holds_alternative<model::PartnerField>(part.node))
      result = false;
  });
  return result;
}

class DynamicsDurations {
 public:
  DynamicsDurations(const Instance& instance, Builder& builder)
      : instance_(instance),
        builder_(builder),
        slots_(instance.scope.all().size()),
        functions_(functions_of(instance.parameters, slots_.size())) {}

  void check_comparisons(const model::Expr& expr) {
    walk(expr, [&](const model::Expr& part) {
      if (std::holds_alternative<model::ToSteps>(part.node)) check(part, AtLeast::Zero, false);
    });
  }
  void check_comparisons(const model::HandlerBody& body) {
    walk(body, [&](const model::Expr& part) {
      if (std::holds_alternative<model::ToSteps>(part.node)) check(part, AtLeast::Zero, false);
    });
  }
  void check_refractory(const model::Expr& duration) { check(duration, AtLeast::Zero, true); }

 private:
  void check(const model::Expr& expr, AtLeast least, bool sign_matters) {
    if (!depends_on_parameters_only(expr, instance_.scope)) return;
    for (std::size_t element = 0; element < instance_.elements; ++element) {
      const auto steps = evaluate(expr, element);
      if (!steps) return report(steps.problem());
      if (sign_matters && least == AtLeast::Zero && *steps < 0)
        return report({expr.span,
                       "a refractory period cannot be negative, but this is " + in_steps(*steps),
                       ""});
    }
  }

  Outcome<std::int64_t> evaluate(const model::Expr& expr, std::size_t element) {
    std::optional<Problem> problem;
    Frame frame = frame_of(builder_.network, problem);
    frame.now = slots_.data();
    frame.functions = functions_;
    fill_parameter_slots(instance_.parameters, element, slots_);
    if (instance_.timestep.valid()) slots_[instance_.timestep.value].real = frame.timestep;
    std::int64_t steps = 0;
    if (expr.type.kind == model::Kind::Steps) {
      steps = evaluate_steps(expr, frame);
    } else {
      const auto converted =
          to_steps(evaluate_real(expr, frame), frame.timestep, expr.span, frame.arithmetic);
      if (!converted) return converted.problem();
      steps = *converted;
    }
    if (problem) return *problem;
    return steps;
  }

  void report(const Problem& problem) {
    builder_.diagnostics.report(Kind::BadDuration, problem.span, {problem.message})
        .other(instance_.span, "with the values given here")
        .hint(problem.hint);
  }

  Instance instance_;
  Builder& builder_;
  std::vector<Slot> slots_;
  std::vector<std::optional<FunctionValue>> functions_;
};

void check_population(const Population& population, Builder& builder) {
  const model::Neuron& neuron = builder.program.neurons[population.neuron];
  DynamicsDurations durations({neuron.scope, population.parameters, neuron.timestep,
                               population.span, static_cast<std::size_t>(population.size)},
                              builder);
  if (neuron.refractory) durations.check_refractory(neuron.refractory->duration);
  for (const model::Algebraic& algebraic : neuron.algebraics)
    durations.check_comparisons(algebraic.value);
  if (neuron.spike) durations.check_comparisons(neuron.spike->value);
}

void check_rule(const RuleInstance& instance, std::size_t synapses, Builder& builder) {
  const model::Rule& rule = builder.program.rules[instance.rule];
  DynamicsDurations durations(
      {rule.scope, instance.parameters, rule.timestep, instance.span, synapses}, builder);
  for (const model::RuleItem& item : rule.items)
    match(
        item.node, [&](const model::OnPair& pair) { durations.check_comparisons(pair.body); },
        [&](const model::OnSpikeOf& spike) { durations.check_comparisons(spike.body); },
        [&](const model::OnStep& step) { durations.check_comparisons(step.body); },
        [&](const model::RuleEquation& equation) { durations.check_comparisons(equation.value); });
}

}  // namespace

void check_statement_durations(Builder& builder) {
  StatementDurations durations(builder);
  durations.check(builder.network.statements);
  for (const Phase& phase : builder.network.phases) durations.check_lags(phase);
}

void check_dynamics_durations(Builder& builder) {
  for (const Population& population : builder.network.populations)
    check_population(population, builder);
  for (const Projection& projection : builder.network.projections)
    for (const RuleInstance& rule : projection.rules)
      check_rule(rule, static_cast<std::size_t>(projection.pre.count * projection.post.count),
                 builder);
}

}  // namespace bouton::elaborate
