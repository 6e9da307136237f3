#include "compiler/lower/phase.h"

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/lower/circuits.h"
#include "compiler/lower/quantity.h"
#include "compiler/plan/printer.h"
#include "compiler/plan/query.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using elaborate::ProjectionId;

constexpr std::size_t kMostUnknownLags = 4;

Silent silent_in(const elaborate::Network& network, const elaborate::Phase& phase) {
  Silent silent;
  for (const auto& silenced : phase.silenced) {
    if (const auto* projection = std::get_if<ProjectionId>(&silenced)) {
      silent.insert(*projection);
      continue;
    }
    for (const ProjectionId id : network.projections.ids())
      if (network.projections[id].pre.population == std::get<PopulationId>(silenced))
        silent.insert(id);
  }
  return silent;
}

}  // namespace

PhaseLowerer::PhaseLowerer(Lowering& lowering, Schedules& schedules, HostExprLowerer& exprs)
    : lowering_(lowering), schedules_(schedules), exprs_(exprs), known_(lowering.network) {}

plan::PhaseId PhaseLowerer::phase_of(const model::Run& run, const std::vector<plan::Item>& observe,
                                     source::Span span) {
  if (!observe.empty()) return add(run, observe, span);
  const Key key{run.circuit, run.phase, run.frozen};
  const auto known = unobserved_.find(key);
  if (known != unobserved_.end()) return known->second;
  return unobserved_[key] = add(run, {}, span);
}

const elaborate::Phase* PhaseLowerer::find(const model::Run& run) const {
  if (!run.phase) return nullptr;
  const auto& phases = lowering_.network.phases;
  const auto found = std::find_if(phases.begin(), phases.end(),
                                  [&](const auto& phase) { return phase.symbol == *run.phase; });
  BOUTON_CHECK(found != phases.end(), "elaboration has made the phase");
  return &*found;
}

// Of the rules that learn; the last clause about a rule counts.
PhaseLowerer::Lags PhaseLowerer::lags_of(const model::Run& run,
                                         const elaborate::Phase* phase) const {
  Lags lags;
  if (run.frozen) return lags;
  if (phase == nullptr) {
    for (const plan::RuleId id : lowering_.plan.rules.ids()) lags[id] = nullptr;
    return lags;
  }
  for (const elaborate::Phase::Learner& learner : phase->learners) {
    const auto& rules = lowering_.projections[learner.projection].rules;
    for (std::size_t i = 0; i < rules.size(); ++i)
      if (!learner.rule || *learner.rule == i)
        lags[rules[i].rule] = learner.after ? &*learner.after : nullptr;
  }
  return lags;
}

PhaseLowerer::Begins PhaseLowerer::begins_of(plan::CircuitId circuit, const Lags& lags) {
  Begins begins{{{0, nullptr, "", {}}}, {}};
  for (const auto& [rule, after] : lags) {
    if (plan::circuit_of(lowering_.plan, rule) != circuit) continue;
    Begin begin{0, after, "", {rule}};
    if (after != nullptr) begin.step = known_.duration(*after);
    if (begin.step) begin.step = std::max<std::int64_t>(*begin.step, 0);
    if (!begin.step) begin.text = plan::print(lowering_.plan, exprs_.lower_duration(*after));
    auto& alike = begin.step ? begins.known : begins.unknown;
    const auto same = std::ranges::find_if(alike, [&](const Begin& other) {
      return other.step == begin.step && other.text == begin.text;
    });
    if (same == alike.end())
      alike.push_back(std::move(begin));
    else
      same->rules.insert(rule);
  }
  std::ranges::sort(begins.known, {}, [](const Begin& begin) { return *begin.step; });
  return begins;
}

// Each lag that is not known before the run doubles the number of schedules, and is evaluated in
// several of them.
bool PhaseLowerer::can_be_ordered(const Begins& begins) {
  const std::vector<Begin>& unknown = begins.unknown;
  if (unknown.size() > kMostUnknownLags)
    lowering_.refuse(Unlowered::PhaseLags, unknown.back().after->span);
  if (begins.known.size() * unknown.size() > 1)
    for (const Begin& begin : unknown)
      if (draws(*begin.after)) lowering_.refuse(Unlowered::RandomArgument, begin.after->span);
  return !lowering_.refused;
}

// From when on all of them have begun.
plan::HostExpr PhaseLowerer::latest_of(const Begin& known, const std::vector<const Begin*>& late) {
  std::optional<plan::HostExpr> latest;
  if (known.after != nullptr) latest = exprs_.lower_duration(*known.after);
  for (const Begin* begin : late) {
    plan::HostExpr from = exprs_.lower_duration(*begin->after);
    latest = latest ? plan::call("max", {*std::move(latest), std::move(from)}) : std::move(from);
  }
  return latest ? *std::move(latest) : plan::whole(0);
}

// A schedule from the first step on, and one from each step at which further rules begin to learn:
// one for every set of rules that may be learning, each behind those that it contains.
plan::PhasePart PhaseLowerer::part_of(plan::CircuitId circuit, const Silent& silent,
                                      const Lags& lags, const std::vector<plan::Item>& observe) {
  plan::PhasePart part{circuit, {}};
  const Begins begins = begins_of(circuit, lags);
  if (!can_be_ordered(begins)) return part;
  for (std::size_t subset = 0; subset < std::size_t{1} << begins.unknown.size(); ++subset) {
    StepKind kind{circuit, {}, silent};
    std::vector<const Begin*> late;
    for (std::size_t i = 0; i < begins.unknown.size(); ++i) {
      if ((subset >> i & 1) == 0) continue;
      late.push_back(&begins.unknown[i]);
      kind.learning.insert(late.back()->rules.begin(), late.back()->rules.end());
    }
    for (const Begin& begin : begins.known) {
      kind.learning.insert(begin.rules.begin(), begin.rules.end());
      part.segments.push_back({latest_of(begin, late), schedules_.schedule_of(kind, observe)});
    }
  }
  return part;
}

plan::PhaseId PhaseLowerer::add(const model::Run& run, const std::vector<plan::Item>& observe,
                                source::Span span) {
  const elaborate::Phase* phase = find(run);
  const Lags lags = lags_of(run, phase);
  Silent silent;
  plan::Phase lowered;
  lowered.span = span;
  if (phase != nullptr) {
    silent = silent_in(lowering_.network, *phase);
    lowered.name = phase->name;
    add_values(*phase, lowered);
  }
  for (const plan::CircuitId circuit : circuits_of(lowering_, run.circuit))
    lowered.parts.push_back(part_of(circuit, silent, lags, observe));
  for (const auto& [rule, after] : lags)
    if (std::ranges::find(lowered.parts, plan::circuit_of(lowering_.plan, rule),
                          &plan::PhasePart::circuit) != lowered.parts.end())
      lowered.learning.push_back(rule);
  for (const ProjectionId id : silent) lowered.silent.push_back(lowering_.projections[id].link);
  return lowering_.plan.phases.add(std::move(lowered));
}

void PhaseLowerer::add_values(const elaborate::Phase& phase, plan::Phase& lowered) {
  for (const model::Stmt& stmt : phase.assignments) add_value(stmt, lowered);
}

void PhaseLowerer::add_value(const model::Stmt& stmt, plan::Phase& lowered) {
  const auto& assign = std::get<model::Assign>(stmt.node);
  const auto* quantity = std::get_if<model::Quantity>(&assign.target.node);
  const auto column = quantity != nullptr ? find_column(lowering_, *quantity) : std::nullopt;
  if (!column) return lowering_.refuse(Unlowered::QuantityAssigned, assign.target.span);
  lowered.overrides.push_back(
      {*column, exprs_.lower_change(plan::contents(*column), assign, {}, stmt.span), stmt.span});
}

}  // namespace bouton::lower
