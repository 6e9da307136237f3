// Stage 7: what `observing { … }` collects during a run, and the values that its names stand for
// after it (SEMANTICS 17).
#pragma once

#include "compiler/elaborate/evaluate.h"
#include "compiler/interpret/state.h"
#include "compiler/model/experiment.h"

namespace bouton::interpret {

class Observer {
 public:
  // `spiking` is what `count` and `spikes` look at.
  Observer(const model::Observation& observation, std::optional<model::Quantity> spiking,
           std::int64_t every, std::int64_t after)
      : observation_(observation), spiking_(std::move(spiking)), every_(every), after_(after) {}

  // After step `n` of the run, before k is advanced.
  [[nodiscard]] std::optional<Problem> observe(std::int64_t n, NetworkState& state,
                                               elaborate::Environment& environment);
  // The value after the run.
  [[nodiscard]] Outcome<runtime::Value> finish(NetworkState& state,
                                               elaborate::Environment& environment);
  [[nodiscard]] model::SymbolId result() const { return observation_.result; }

 private:
  [[nodiscard]] bool sampled(std::int64_t n) const;
  Outcome<runtime::Tensor> look(elaborate::Environment& environment) const;
  std::optional<Problem> take_sample(elaborate::Environment& environment);
  std::optional<Problem> make_room(const runtime::Tensor& active);
  void count_spikes(std::int64_t n, NetworkState& state);

  const model::Observation& observation_;
  std::optional<model::Quantity> spiking_;
  std::int64_t every_;
  std::int64_t after_;
  std::vector<runtime::Tensor> samples_;
  std::vector<std::uint64_t> visits_;  // of histogram_of_states
  std::vector<double> counts_;         // of count
  runtime::SpikeList spikes_;          // of spikes; steps are relative to the run
};

[[nodiscard]] Outcome<Observer> make_observer(const model::Observation& observation,
                                              NetworkState& state,
                                              elaborate::Environment& environment);

}  // namespace bouton::interpret
