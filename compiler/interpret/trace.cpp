#include "compiler/interpret/trace.h"

#include <algorithm>

#include "compiler/elaborate/decay.h"
#include "compiler/interpret/handler.h"

namespace bouton::interpret {

namespace {

double value_at(const TraceBase& base, const std::optional<model::Expr>& time_constant,
                const Frame& frame, std::int64_t step) {
  if (!time_constant || step == base.step) return base.value;
  const double tau = elaborate::evaluate_real(*time_constant, frame);
  const double factor =
      elaborate::decay_factor(step - base.step, frame.timestep, tau, frame.arithmetic);
  return frame.arithmetic.multiply(base.value, factor);
}

}  // namespace

void load_traces(const RuleState& rule, const SynapseView& view, Slot* slots) {
  if (rule.traces.empty()) return;
  const Frame frame = view.frame_of(rule);
  for (std::size_t t = 0; t < rule.traces.size(); ++t)
    slots[rule.rule->traces[t].symbol.value].real = value_at(
        rule.traces[t][view.synapse], rule.trace_time_constants[t], frame, view.state.step);
}

void jump_traces(RuleState& rule, const SynapseView& view) {
  if (rule.traces.empty()) return;
  Slot* slots = rule.slots.row(view.synapse);
  const Frame frame = view.frame_of(rule);
  for (std::size_t t = 0; t < rule.traces.size(); ++t) {
    const model::TraceDecl& trace = rule.rule->traces[t];
    const bool pre = view.pre_arrives && trace.on_pre;
    const bool post = view.post_arrives && trace.on_post;
    if (!pre && !post) continue;
    if (pre) execute(*trace.on_pre, slots, frame);
    if (post) execute(*trace.on_post, slots, frame);
    rule.traces[t][view.synapse] = {slots[trace.symbol.value].real, view.state.step};
  }
}

bool has_integrated_traces(const RuleState& rule) {
  return std::ranges::any_of(rule.trace_time_constants,
                             [](const auto& constant) { return !constant.has_value(); });
}

void integrate_traces(RuleState& rule, const SynapseView& view) {
  const Frame frame = view.frame_of(rule);
  const Slot* slots = rule.slots.row(view.synapse);
  for (std::size_t t = 0; t < rule.traces.size(); ++t) {
    if (rule.trace_time_constants[t]) continue;
    const model::TraceDecl& trace = rule.rule->traces[t];
    const double slope = elaborate::evaluate_real(trace.derivative, frame);
    const double change = frame.arithmetic.multiply(frame.timestep, slope);
    rule.traces[t][view.synapse] = {frame.arithmetic.add(slots[trace.symbol.value].real, change),
                                    view.state.step + 1};
  }
}

}  // namespace bouton::interpret
