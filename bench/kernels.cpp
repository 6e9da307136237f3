// What generated code takes per neuron and step, and per pair of spikes, in CPU time.
#include <benchmark/benchmark.h>

#include <algorithm>

#include "bench/compiled.h"

namespace bouton::bench {
namespace {

const std::string kFile = "bench/programs/kernels.bouton";

// What the program says that it has done.
double operations_of(const Compiled& program) {
  const runtime::ResultTable table = program.run().results.tables.at(0);
  const auto column = std::ranges::find(table.names, "operations") - table.names.begin();
  return table.rows.at(0)[static_cast<std::size_t>(column)].as<runtime::Tensor>()->scalar();
}

// The counter is seconds per operation.
void report(benchmark::State& state, double operations) {
  state.counters["per_operation"] = benchmark::Counter(
      operations, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void measure_neurons(benchmark::State& state, const char* experiment) {
  const Compiled program({kFile, experiment});
  for (auto _ : state) state.SetIterationTime(program.measure());
  report(state, operations_of(program));
}
BENCHMARK_CAPTURE(measure_neurons, hazard, "Neurons")
    ->Name("kernel/neuron_step/at_rate")
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure_neurons, by_step, "NeuronsByStep")
    ->Name("kernel/neuron_step/with_probability")
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

// The difference between a network with a rule and the same without one, run in turns.
void measure_pairs(benchmark::State& state) {
  const Compiled with_rule({kFile, "Pairs", {"learns=true"}});
  const Compiled without({kFile, "Pairs", {"learns=false"}});
  for (auto _ : state)
    state.SetIterationTime(std::max(0.0, with_rule.measure() - without.measure()));
  report(state, operations_of(with_rule));
}
BENCHMARK(measure_pairs)->Name("kernel/spike_pair")->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bouton::bench
