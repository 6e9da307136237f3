#include "compiler/driver/interpreted.h"

#include <utility>

#include "compiler/interpret/interpret.h"

namespace bouton::driver {

namespace {

runtime::Place place_of(source::Span span) { return {span.file, span.begin, span.end}; }

runtime::PlotStmt plot_of(const model::Plot& plot) {
  runtime::PlotStmt result;
  for (const model::Plot::Curve& curve : plot.curves)
    result.curves.push_back({curve.y, curve.x, curve.logarithmic});
  return result;
}

runtime::ReplicaOutcome outcome_of(interpret::Results results) {
  runtime::ReplicaOutcome outcome;
  outcome.results = std::move(results.recorded);
  outcome.printed = std::move(results.printed);
  for (const interpret::Expectation& expectation : results.expectations)
    outcome.expectations.push_back(
        {place_of(expectation.span), {expectation.passed, expectation.figures}});
  for (const model::Plot& plot : results.plots) outcome.plots.push_back(plot_of(plot));
  outcome.steps = results.steps;
  if (results.problem)
    outcome.problem = runtime::Problem{place_of(results.problem->span), results.problem->message,
                                       results.problem->hint};
  return outcome;
}

// Its rows are in the output.
void end_replica(runtime::RunOutput& output, int replica, runtime::ReplicaOutcome& outcome) {
  output.end_replica(replica, outcome);
  for (runtime::ResultTable& table : outcome.results.tables) table.rows.clear();
}

}  // namespace

runtime::ReplicaOutcome interpret_network(const elaborate::Network& network,
                                          const runtime::Listener& listener, int replica) {
  bool cancelled = false;
  const auto progress = [&](double fraction, std::int64_t steps) {
    if (listener.on_progress) listener.on_progress(fraction, steps);
    cancelled = listener.is_cancelled && listener.is_cancelled();
    return !cancelled;
  };
  const auto recorded = [&](const runtime::ResultTable& table) {
    if (listener.on_record) listener.on_record(replica, table);
  };
  runtime::ReplicaOutcome outcome = outcome_of(interpret::interpret(network, progress, recorded));
  if (!cancelled) return outcome;
  outcome.interrupted = true;
  outcome.problem = runtime::cancellation();
  return outcome;
}

std::vector<runtime::ReplicaOutcome> interpret_replicas(const elaborate::Network& network,
                                                        const RunOptions& options,
                                                        launch::Console& console,
                                                        runtime::RunOutput* output) {
  std::vector<runtime::ReplicaOutcome> outcomes;
  for (int replica = 0; replica < options.seeds; ++replica) {
    auto earlier = output == nullptr ? std::nullopt : output->outcome_of(replica);
    if (earlier) {
      outcomes.push_back(*std::move(earlier));
      continue;
    }
    runtime::Listener listener = console.listener(replica, 1, launch::Console::Show::AtTheEnd);
    if (output != nullptr) {
      output->begin_replica(replica);
      listener = output->listen(listener, replica, 1);
    }
    elaborate::Network seeded = network;
    seeded.seed += static_cast<std::uint64_t>(replica);
    console.begin_work();
    outcomes.push_back(interpret_network(seeded, listener, replica));
    console.end_work();
    if (output != nullptr) end_replica(*output, replica, outcomes.back());
    console.show_end(replica, launch::Console::Show::AtTheEnd, outcomes.back());
    console.count_block(replica, 1, false);
    if (outcomes.back().interrupted) break;
  }
  return outcomes;
}

}  // namespace bouton::driver
