#include "compiler/elaborate/psp_shape.h"

#include <algorithm>

#include "compiler/elaborate/parameter_values.h"
#include "compiler/elaborate/support.h"

namespace bouton::elaborate {

std::optional<PspShape::Level> find_level(const std::vector<double>& samples) {
  const auto nonzero = [](double sample) { return sample != 0.0; };
  const auto first = std::ranges::find_if(samples, nonzero);
  if (first == samples.end()) return PspShape::Level{};
  const bool constant = std::all_of(first, samples.end(), [&](double v) { return v == *first; });
  if (!constant) return std::nullopt;
  return PspShape::Level{first - samples.begin(), static_cast<std::int64_t>(samples.size()) - 1,
                         *first};
}

namespace {

// The formula may stand in another file than the values that do not suit it.
void report_at_use(const Problem& problem, const SynapseInstance& instance, Builder& builder) {
  builder.diagnostics.report(diagnostics::Kind::CannotEvaluate, problem.span, {problem.message})
      .other(instance.span, "with the values given here")
      .hint(problem.hint);
}

}  // namespace

std::optional<PspShape> build_psp_shape(const model::Synapse& synapse,
                                        const SynapseInstance& instance, Builder& builder) {
  std::vector<Slot> slots(synapse.scope.all().size());
  fill_parameter_slots(instance.parameters, 0, slots);
  if (synapse.timestep.valid())
    slots[synapse.timestep.value].real = builder.network.rounded_timestep();
  const auto functions = functions_of(instance.parameters, slots.size());
  std::optional<Problem> problem;
  Frame frame = frame_of(builder.network, problem);
  frame.now = slots.data();
  frame.functions = functions;

  const auto support =
      find_support(synapse.psp->value, {synapse.scope, synapse.psp->age, 1}, slots, frame);
  if (problem) {
    report_at_use(*problem, instance, builder);
    return std::nullopt;
  }
  if (const auto* refusal = std::get_if<NoWindow>(&support)) {
    builder.diagnostics
        .report(diagnostics::Kind::NoBoundedSupport, refusal->span, {refusal->reason})
        .other(instance.span, "used here")
        .hint("compare `s` with a duration, as in `if s < 5*tau: … else: 0`");
    return std::nullopt;
  }
  const std::int64_t last = std::get<std::int64_t>(support);
  if (is_zero_up_to(last, synapse.psp->value, {synapse.scope, synapse.psp->age, 1}, slots, frame)) {
    builder.diagnostics
        .report(diagnostics::Kind::PotentialNeverActs, synapse.psp->span, {synapse.name})
        .other(instance.span, "with the values given here")
        .hint("no `s` of 0, 1, 2, … steps meets its conditions");
    return std::nullopt;
  }
  PspShape shape;
  for (std::int64_t s = 0; s <= last; ++s) {
    slots[synapse.psp->age.value].steps = s;
    shape.samples.push_back(evaluate_real(synapse.psp->value, frame));
  }
  while (!shape.samples.empty() && shape.samples.back() == 0.0) shape.samples.pop_back();
  if (problem) {
    report_at_use(*problem, instance, builder);
    return std::nullopt;
  }
  shape.level = find_level(shape.samples);
  return shape;
}

}  // namespace bouton::elaborate
