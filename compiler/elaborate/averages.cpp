#include "compiler/elaborate/averages.h"

#include <algorithm>

#include "compiler/elaborate/assigned.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/parameter_values.h"
#include "compiler/elaborate/populations.h"
#include "compiler/elaborate/steps.h"
#include "compiler/model/builtins.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;

const model::Expr* window_of(const model::Algebraic& algebraic) {
  const auto* call = std::get_if<model::Call>(&algebraic.value.node);
  const auto* id = call != nullptr ? std::get_if<model::BuiltinId>(&call->callee) : nullptr;
  const bool average = id != nullptr && model::builtin(*id).name == "moving_average";
  return average ? &call->arguments[1] : nullptr;
}

// ------------------------------------------------------------------------------ lengths

class WindowMeasure {
 public:
  WindowMeasure(const Population& population, const model::Neuron& neuron, Builder& builder)
      : population_(population),
        neuron_(neuron),
        builder_(builder),
        slots_(neuron.scope.all().size()),
        functions_(functions_of(population.parameters, slots_.size())) {}

  // Nothing after an error.
  std::optional<std::int64_t> samples(const model::Expr& window) {
    std::optional<std::int64_t> samples;
    for (std::size_t i = 0; i < static_cast<std::size_t>(population_.size); ++i) {
      const auto steps = steps_at(window, i);
      if (!steps) return report(steps.problem());
      if (*steps < 1)
        return report({window.span,
                       "a moving average needs a window of at least one step, but this is " +
                           in_steps(*steps),
                       "without an average, write the variable itself"});
      if (samples.value_or(*steps) != *steps)
        return report(
            {window.span, "all neurons of a population average over the same window", ""});
      samples = *steps;
    }
    return samples;
  }

 private:
  Outcome<std::int64_t> steps_at(const model::Expr& window, std::size_t element) {
    std::optional<Problem> problem;
    Frame frame = frame_of(builder_.network, problem);
    frame.now = slots_.data();
    frame.functions = functions_;
    fill_parameter_slots(population_.parameters, element, slots_);
    if (neuron_.timestep.valid()) slots_[neuron_.timestep.value].real = frame.timestep;
    if (window.type.kind == model::Kind::Steps) {
      const std::int64_t steps = evaluate_steps(window, frame);
      if (problem) return *problem;
      return steps;
    }
    return to_steps(evaluate_real(window, frame), frame.timestep, window.span, frame.arithmetic);
  }

  std::nullopt_t report(const Problem& problem) {
    builder_.diagnostics.report(Kind::BadDuration, problem.span, {problem.message})
        .other(population_.span, "with the values given here")
        .hint(problem.hint);
    return std::nullopt;
  }

  const Population& population_;
  const model::Neuron& neuron_;
  Builder& builder_;
  std::vector<Slot> slots_;
  std::vector<std::optional<FunctionValue>> functions_;
};

// Samples of two blocks are kept for every neuron.
bool fits(const Population& population, const AverageWindow& window, source::Span span,
          Builder& builder) {
  const double samples = static_cast<double>(window.samples) * static_cast<double>(population.size);
  return fits_memory(population.name, samples * 2.0 * sizeof(double), span, builder);
}

// -------------------------------------------------------------------------- assignments

// Looks for assignments to what the windows of a population depend on.
class AssignmentFinder {
 public:
  AssignmentFinder(const OwnerKey& key, const model::Neuron& neuron, Builder& builder)
      : key_(key), neuron_(neuron), builder_(builder) {}

  void look_at(const model::Body& body) {
    for_each_assigned(body, [&](const model::Quantity& quantity, const model::Expr& target) {
      look_at_target(quantity, target.span);
    });
  }

 private:
  void look_at_target(const model::Quantity& quantity, source::Span span) {
    if (!may_be_meant(quantity)) return;
    const auto assigned = neuron_.scope.find(quantity.variable);
    for (const model::Algebraic& algebraic : neuron_.algebraics) {
      const model::Expr* window = window_of(algebraic);
      if (window == nullptr || !assigned || !mentions(*window, *assigned)) continue;
      builder_.diagnostics
          .report(Kind::AssignedWindow, span,
                  {quantity.variable, neuron_.scope[algebraic.symbol].name})
          .other(window->span, "the window")
          .hint("give it as an argument of the population");
    }
  }

  [[nodiscard]] bool may_be_meant(const model::Quantity& quantity) const {
    if (quantity.circuit != key_.circuit || quantity.owner != key_.owner) return false;
    const auto key = key_of(quantity.circuit, quantity.owner, quantity.family_indices);
    return !key || *key == key_;
  }

  const OwnerKey& key_;
  const model::Neuron& neuron_;
  Builder& builder_;
};

void measure(Population& population, Builder& builder) {
  const model::Neuron& neuron = builder.network.neuron_of(population);
  WindowMeasure measure(population, neuron, builder);
  for (const model::Algebraic& algebraic : neuron.algebraics) {
    const model::Expr* window = window_of(algebraic);
    if (window == nullptr) continue;
    const auto samples = measure.samples(*window);
    if (!samples) continue;
    const AverageWindow average{algebraic.symbol, *samples};
    if (fits(population, average, window->span, builder)) population.averages.push_back(average);
  }
}

}  // namespace

void find_averages(Builder& builder) {
  for (Population& population : builder.network.populations) measure(population, builder);
  for (const auto& [key, owner] : builder.network.owners) {
    const auto* id = std::get_if<PopulationId>(&owner);
    if (id == nullptr || builder.network.populations[*id].averages.empty()) continue;
    AssignmentFinder finder(key, builder.network.neuron_of(builder.network.populations[*id]),
                            builder);
    finder.look_at(builder.network.statements);
    for (const Phase& phase : builder.network.phases) finder.look_at(phase.assignments);
  }
}

}  // namespace bouton::elaborate
