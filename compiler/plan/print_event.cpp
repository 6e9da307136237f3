// Kernels, dense products, events, histories, traces and handlers as text.
#include <fmt/format.h>

#include <array>

#include "compiler/plan/print_parts.h"

namespace bouton::plan {
namespace {

constexpr std::array<std::string_view, 6> kSources{"draw",  "hazard",  "condition",
                                                   "timer", "delayed", "tape"};
constexpr std::array<std::string_view, 4> kOvers{"self", "outgoing", "incoming", "pairs"};
constexpr std::array<std::string_view, 5> kPairings{"all", "nearest", "immediate", "pre-centred",
                                                    "post-centred"};

std::string print_kernels(const PrintContext& context) {
  std::string text;
  for (const KernelId id : context.plan.kernels.ids())
    text += fmt::format("kernel {}{}", print(id), print_kernel(context, context.plan.kernels[id]));
  return text;
}

std::string print_read(const Read& read) {
  constexpr std::array<std::string_view, 3> versions{" before", "", " previous"};
  return print(read.what) + std::string(versions[static_cast<std::size_t>(read.version)]);
}

std::string print_denses(const PrintContext& context) {
  std::string text;
  for (const DenseId id : context.plan.denses.ids()) {
    const Dense& dense = context.plan.denses[id];
    const bool product = dense.kind == Dense::Kind::MatVec;
    text +=
        product
            ? fmt::format("dense {}{} {} {} {} * {}", print(id), remark(context, dense.name),
                          print(dense.y), dense.accumulate ? "+=" : "=", print_read(dense.matrix),
                          print_read(dense.x))
            : fmt::format("dense {}{} {} += {} outer {}", print(id), remark(context, dense.name),
                          print_read(dense.matrix), print(dense.y), print_read(dense.x));
    if (dense.epilogue) text += " then " + print(*dense.epilogue);
    text += "\n";
  }
  return text;
}

std::string print_averages(const PrintContext& context) {
  std::string text;
  for (const MovingAverageId id : context.plan.moving_averages.ids()) {
    const MovingAverage& average = context.plan.moving_averages[id];
    text += fmt::format("moving-average {}{} {} of the last {} of {}", print(id),
                        remark(context, average.name), print(average.mean), print(average.length),
                        print(average.what));
    if (average.first) text += " first " + print(*average.first);
    text += fmt::format(" samples {} prefix {} count {}\n", print(average.samples),
                        print(average.prefix), print(average.count));
  }
  return text;
}

std::string print_events(const PrintContext& context) {
  std::string text;
  for (const EventId id : context.plan.events.ids()) {
    const Event& event = context.plan.events[id];
    text += fmt::format("event {}{} {} over {} fired {}", print(id), remark(context, event.name),
                        kSources[static_cast<std::size_t>(event.source)], print(event.axis),
                        print(event.fired));
    if (event.due) text += " due " + print(*event.due);
    if (event.of) text += " of " + print(*event.of);
    if (event.delay) text += " after " + print(*event.delay);
    if (event.queue) text += " queue " + print(*event.queue);
    text += "\n";
  }
  return text;
}

std::string print_histories(const PrintContext& context) {
  std::string text;
  for (const HistoryId id : context.plan.histories.ids()) {
    const History& history = context.plan.histories[id];
    text += fmt::format("history {}{} of {} ring {} head {}\n", print(id),
                        remark(context, history.name), print(history.of), print(history.ring),
                        print(history.head));
  }
  for (const TraceId id : context.plan.traces.ids()) {
    const Trace& trace = context.plan.traces[id];
    text += fmt::format("trace {}{} {} since {} tau {}\n", print(id), remark(context, trace.name),
                        print(trace.base), print(trace.stamp),
                        print_host_expr(context, trace.tau_steps));
  }
  return text;
}

std::string print_pairs(const PairSource& pairs) {
  std::string text = fmt::format(" {}", kPairings[static_cast<std::size_t>(pairs.pairing.kind)]);
  if (pairs.pairing.kind == Pairing::Kind::Nearest) text += fmt::format(" {}", pairs.pairing.count);
  if (pairs.pairing.in_index_order) text += " in-index-order";
  return text + fmt::format(" pre {} {} post {} {}", print(pairs.pre), print(pairs.pre_history),
                            print(pairs.post), print(pairs.post_history));
}

std::string print_handlers(const PrintContext& context) {
  std::string text;
  for (const HandlerId id : context.plan.handlers.ids()) {
    const Handler& handler = context.plan.handlers[id];
    text += fmt::format("handler {}{} {}", print(id), remark(context, handler.name),
                        kOvers[static_cast<std::size_t>(handler.over)]);
    if (handler.link) text += " " + print(*handler.link);
    if (handler.on) text += " on " + print(*handler.on);
    if (handler.pairs) text += print_pairs(*handler.pairs);
    text += " do " + print(handler.body);
    if (handler.rule) text += " for " + print(*handler.rule);
    text += "\n";
  }
  return text;
}

}  // namespace

std::string print_event_tables(const PrintContext& context) {
  return print_kernels(context) + print_denses(context) + print_averages(context) +
         print_events(context) + print_histories(context) + print_handlers(context);
}

}  // namespace bouton::plan
