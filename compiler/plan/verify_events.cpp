// Rules: events, histories and handlers have all their parts, of the right shapes.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/plan/print_parts.h"
#include "compiler/plan/query.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

bool is_column(const Plan& plan, ColumnId column, Type type, const std::vector<AxisId>& axes) {
  return plan.columns[column].type == type && plan.columns[column].axes == axes;
}

bool is_ring_over(const Plan& plan, ColumnId column, Type type, AxisId axis) {
  const Column& ring = plan.columns[column];
  return ring.type == type && ring.axes.size() == 2 &&
         std::ranges::find(ring.axes, axis) != ring.axes.end() &&
         std::ranges::any_of(ring.axes,
                             [&](AxisId a) { return plan.axes[a].kind == Axis::Kind::Ring; });
}

void verify_delay(const Plan& plan, EventId id, Messages& messages) {
  const Event& event = plan.events[id];
  const bool complete = event.of && event.delay && event.due;
  if (event.source != Event::Source::Delayed) {
    if (event.of || event.delay || event.queue)
      messages.push_back(print(id) + " is not delayed but has a delay, origin or queue");
    return;
  }
  if (!complete) {
    messages.push_back(print(id) +
                       " is delayed and needs an origin, a delay and the step at which it is due");
    return;
  }
  if (plan.events[*event.of].axis != event.axis)
    messages.push_back(
        fmt::format("{} is over another axis than its origin {}", print(id), print(*event.of)));
  if (event.queue && plan.histories[*event.queue].of != *event.of)
    messages.push_back(fmt::format("{}: queue {} is the history of another event", print(id),
                                   print(*event.queue)));
}

void verify_history(const Plan& plan, HistoryId id, Messages& messages) {
  const History& history = plan.histories[id];
  const AxisId axis = plan.events[history.of].axis;
  if (!is_ring_over(plan, history.ring, kI64, axis))
    messages.push_back(fmt::format("{}: ring {} is no i64[{}, ring]", print(id),
                                   print(history.ring), print(axis)));
  if (!is_column(plan, history.head, kI64, {axis}))
    messages.push_back(
        fmt::format("{}: head {} is no i64[{}]", print(id), print(history.head), print(axis)));
}

// The neuron axis that an event of one side of a projection is over, sub-ranges included.
bool is_over(const Plan& plan, EventId event, PopulationId population) {
  const AxisId axis = plan.events[event].axis;
  const AxisId neurons = plan.populations[population].axis;
  return axis == neurons || plan.axes[axis].within == neurons;
}

void verify_side(const Plan& plan, const std::string& where, EventId event, PopulationId side,
                 Messages& messages) {
  if (!is_over(plan, event, side))
    messages.push_back(fmt::format("{}: {} is not over {}", where, print(event), print(side)));
}

void verify_pairs(const Plan& plan, HandlerId id, const PairSource& pairs, Messages& messages) {
  const Handler& handler = plan.handlers[id];
  const Link& link = plan.links[*handler.link];
  verify_side(plan, print(id), pairs.pre, link.pre, messages);
  verify_side(plan, print(id), pairs.post, link.post, messages);
  if (plan.histories[pairs.pre_history].of != pairs.pre ||
      plan.histories[pairs.post_history].of != pairs.post)
    messages.push_back(print(id) + " pairs spikes with the history of another event");
  if (pairs.pairing.count < 1)
    messages.push_back(fmt::format("{} pairs the nearest {}", print(id), pairs.pairing.count));
  if (pairs.pairing.in_index_order && link.pre != link.post)
    messages.push_back(print(id) + " pairs in index order between two populations");
}

void verify_link_handler(const Plan& plan, HandlerId id, Messages& messages) {
  const Handler& handler = plan.handlers[id];
  if (!handler.link || plan.kernels[handler.body].link != handler.link) {
    messages.push_back(print(id) + " handles synapses of another projection than its body's");
    return;
  }
  const Link& link = plan.links[*handler.link];
  if (handler.pairs) verify_pairs(plan, id, *handler.pairs, messages);
  if (handler.on && handler.over == Handler::Over::Outgoing)
    verify_side(plan, print(id), *handler.on, link.pre, messages);
  if (handler.on && handler.over == Handler::Over::Incoming)
    verify_side(plan, print(id), *handler.on, link.post, messages);
}

void verify_self_handler(const Plan& plan, HandlerId id, Messages& messages) {
  const Handler& handler = plan.handlers[id];
  const std::vector<AxisId>& space = plan.kernels[handler.body].space;
  if (handler.link) messages.push_back(print(id) + " handles neurons but names a projection");
  if (handler.on && space != std::vector{plan.events[*handler.on].axis})
    messages.push_back(fmt::format("{}: its body runs over [{}], {} is over {}", print(id),
                                   print_list(space), print(*handler.on),
                                   print(plan.events[*handler.on].axis)));
}

bool is_complete(const Plan& plan, const MovingAverage& average) {
  const std::vector<AxisId>& axes = plan.columns[average.what].axes;
  const std::vector<AxisId>& ring = plan.columns[average.samples].axes;
  const bool is_ring = axes.size() == 1 && is_ring_over(plan, average.samples, kReal, axes[0]) &&
                       plan.axes[ring[0]].kind == Axis::Kind::Ring &&
                       same_extent(plan, plan.axes[ring[0]].extent, average.length);
  return is_ring && is_column(plan, average.mean, kReal, axes) &&
         is_column(plan, average.prefix, kReal, axes) && is_column(plan, average.count, kI64, {}) &&
         (!average.first || is_column(plan, *average.first, kReal, axes));
}

}  // namespace

void verify_averages(const Plan& plan, Messages& messages) {
  for (const MovingAverageId id : plan.moving_averages.ids())
    if (!is_complete(plan, plan.moving_averages[id]))
      messages.push_back(print(id) + " has a column of another type or shape");
}

void verify_events(const Plan& plan, Messages& messages) {
  for (const EventId id : plan.events.ids()) {
    const Event& event = plan.events[id];
    if (!is_column(plan, event.fired, kBool, {event.axis}))
      messages.push_back(fmt::format("{}: fired {} is no bool[{}]", print(id), print(event.fired),
                                     print(event.axis)));
    if (event.due && !is_column(plan, *event.due, kI64, {event.axis}))
      messages.push_back(
          fmt::format("{}: due {} is no i64[{}]", print(id), print(*event.due), print(event.axis)));
    if (event.source == Event::Source::Timer && !event.due)
      messages.push_back(print(id) + " is a timer without a step at which it is due");
    verify_delay(plan, id, messages);
  }
  for (const HistoryId id : plan.histories.ids()) verify_history(plan, id, messages);
}

void verify_handlers(const Plan& plan, Messages& messages) {
  for (const HandlerId id : plan.handlers.ids()) {
    const Handler& handler = plan.handlers[id];
    const bool over_pairs = handler.over == Handler::Over::Pairs;
    if (handler.pairs.has_value() != over_pairs || handler.on.has_value() == over_pairs)
      messages.push_back(print(id) + " needs an event, or pairs if it is over pairs");
    else if (handler.over == Handler::Over::Self)
      verify_self_handler(plan, id, messages);
    else
      verify_link_handler(plan, id, messages);
  }
}

}  // namespace bouton::plan
