#include "compiler/lower/arrival.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "compiler/base/check.h"
#include "compiler/lower/columns.h"
#include "compiler/lower/history.h"
#include "compiler/lower/spike.h"

namespace bouton::lower {

namespace {

using elaborate::PopulationId;
using elaborate::ProjectionId;
using model::Side;
using plan::OpCode;

// Whether a rule does anything at the spikes of a side.
bool listens_to(const model::Rule& rule, Side side) {
  const bool handles = std::ranges::any_of(rule.items, [&](const model::RuleItem& item) {
    const auto* spike = std::get_if<model::OnSpikeOf>(&item.node);
    return std::holds_alternative<model::OnPair>(item.node) ||
           (spike != nullptr && spike->side == side);
  });
  return handles || std::ranges::any_of(rule.traces, [&](const model::TraceDecl& trace) {
           return side == Side::Pre ? trace.on_pre.has_value() : trace.on_post.has_value();
         });
}

class ArrivalLowerer {
 public:
  ArrivalLowerer(Lowering& lowering, const Lateness& late)
      : lowering_(lowering), late_(late), parts_(lowering.populations[late.population]) {}

  void add(source::Span span) {
    Arrivals arrivals;
    arrivals.span = span;
    const auto add_column = [&](const char* what, plan::Type type, plan::Initial initial) {
      return column(what, type, span, std::move(initial));
    };
    arrivals.fired = add_column("arrives", plan::kBool, {});
    lowering_.plan.columns[arrivals.fired].role = plan::Role::Scratch;
    arrivals.last = add_column("last arrival", plan::kI64, plan::whole(plan::kLongAgo));
    arrivals.due = add_column("due", plan::kI64, plan::whole(plan::kNever));
    if (most_under_way(lowering_, late_) > 1)
      arrivals.arrived = add_column("arrived", plan::kI64, {});
    plan::Event event;
    event.name = full_name("arrival");
    event.circuit = parts_.circuit;
    event.source = plan::Event::Source::Delayed;
    event.axis = parts_.axis;
    event.fired = arrivals.fired;
    event.due = arrivals.due;
    event.of = *parts_.spike;
    event.delay = plan::add_extent(lowering_.plan, late_.steps);
    event.span = span;
    arrivals.event = lowering_.plan.events.add(event);
    parts_.arrivals.emplace(late_.steps, arrivals);
  }

  plan::Item lower_event() {
    plan::KernelBuilder k = kernel("arrivals", "where the first of the neuron's queue is due");
    k.store(mine().fired, k.op(OpCode::LessEqualInt, k.load(*mine().due), k.step()));
    return plan::item(k.finish());
  }

  plan::Item lower_arrival() {
    plan::KernelBuilder k =
        kernel("arrival", "its step is noted, and when the next one of the queue is due");
    k.store(mine().last, k.step());
    k.store(*mine().due, mine().arrived ? next_due(k) : k.whole(plan::kNever));
    return plan::item_when(k.finish(), {mine().event});
  }

  // Behind spikes that are under way already it waits in the history.
  plan::Item lower_departure() {
    plan::KernelBuilder k = kernel("departure", "joins the queue");
    const plan::ValueId due = k.load(*mine().due);
    const plan::ValueId idle = k.op(OpCode::EqualInt, due, k.whole(plan::kNever));
    k.store(*mine().due, k.select(idle, arrival_of(k, k.step()), due));
    return plan::item_when(k.finish(), {*parts_.spike});
  }

 private:
  [[nodiscard]] const Arrivals& mine() const { return parts_.arrivals.at(late_.steps); }
  // Such as `arrivals, 3 steps late`.
  [[nodiscard]] std::string name(const char* what) const {
    return fmt::format("{}, {} {} late", what, late_.steps, late_.steps == 1 ? "step" : "steps");
  }
  [[nodiscard]] std::string full_name(const char* what) const {
    return lowering_.network.populations[late_.population].name + "." + name(what);
  }
  plan::ColumnId column(const char* what, plan::Type type, source::Span span,
                        plan::Initial initial) {
    return add_column(lowering_, {full_name(what),
                                  type,
                                  {parts_.axis},
                                  plan::Role::State,
                                  parts_.population,
                                  std::move(initial),
                                  span,
                                  "its spikes arrive later than they are fired"});
  }
  plan::KernelBuilder kernel(const char* what, const char* method) {
    plan::KernelBuilder k(lowering_.plan, what, parts_.circuit, {parts_.axis});
    k.origin({name(what), mine().span, method});
    return k;
  }

  plan::ValueId arrival_of(plan::KernelBuilder& k, plan::ValueId spike_step) {
    return k.op(OpCode::AddInt, spike_step, k.whole(late_.steps));
  }

  // Of the spikes that were fired before this step.
  plan::ValueId next_due(plan::KernelBuilder& k) {
    const plan::HistoryId id = *parts_.arrivals.at(0).history;
    const plan::History& history = lowering_.plan.histories[id];
    const plan::ValueId arrived = k.op(OpCode::AddInt, k.load(*mine().arrived), k.whole(1));
    k.store(*mine().arrived, arrived);
    const plan::ValueId slot =
        k.op(OpCode::FloorModuloInt, arrived, k.whole(depth_of(lowering_, id)));
    const plan::ValueId next = k.load_at(history.ring, {parts_.axis, slot});
    const plan::ValueId waits = k.op(OpCode::LessInt, arrived, k.load(history.head));
    return k.select(waits, arrival_of(k, next), k.whole(plan::kNever));
  }

  Lowering& lowering_;
  Lateness late_;
  PopulationParts& parts_;
};

void add_late(Lowering& lowering, const Lateness& late, source::Span span) {
  const PopulationParts& parts = lowering.populations[late.population];
  if (parts.spike && !parts.arrivals.contains(late.steps)) ArrivalLowerer(lowering, late).add(span);
}

template <typename Visit>
void for_each_queue(Lowering& lowering, const Visit& visit) {
  for (const PopulationId id : lowering.populations.ids())
    for (const auto& [steps, arrivals] : lowering.populations[id].arrivals)
      if (steps > 0) visit(ArrivalLowerer(lowering, {id, steps}));
}

}  // namespace

Lateness at_synapse(const elaborate::Projection& projection, Side side) {
  if (side == Side::Pre) return {projection.pre.population, projection.delays.axonal};
  return {projection.post.population, projection.delays.backprop};
}

Lateness at_neuron(const elaborate::Projection& projection) {
  const elaborate::Delays& delays = projection.delays;
  return {projection.pre.population, delays.axonal + delays.dendritic};
}

Arrivals& arrivals(Lowering& lowering, const Lateness& late) {
  auto& known = lowering.populations[late.population].arrivals;
  const auto found = known.find(late.steps);
  BOUTON_CHECK(found != known.end(), "spikes that nobody waits for");
  return found->second;
}

void add_arrivals(Lowering& lowering) {
  for (const elaborate::Projection& projection : lowering.network.projections) {
    if (projection.synapse && projection.synapse->psp)
      add_late(lowering, at_neuron(projection), projection.span);
    for (const elaborate::RuleInstance& rule : projection.rules)
      for (const Side side : {Side::Pre, Side::Post})
        if (listens_to(lowering.rule_of(rule), side))
          add_late(lowering, at_synapse(projection, side), projection.span);
  }
}

std::int64_t most_under_way(const Lowering& lowering, const Lateness& late) {
  if (late.steps == 0) return 0;
  return (late.steps - 1) / least_interval(lowering, late.population) + 1;
}

std::vector<plan::Item> lower_arrivals(Lowering& lowering) {
  std::vector<plan::Item> items;
  for_each_queue(lowering, [&](ArrivalLowerer queue) { items.push_back(queue.lower_event()); });
  return items;
}

std::vector<plan::Item> lower_queues(Lowering& lowering) {
  std::vector<plan::Item> items;
  for_each_queue(lowering, [&](ArrivalLowerer queue) {
    items.push_back(queue.lower_arrival());
    items.push_back(queue.lower_departure());
  });
  return items;
}

}  // namespace bouton::lower
