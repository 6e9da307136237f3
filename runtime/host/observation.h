// What a run observes: buffers that generated code fills, and their reduction to values when the
// run ends.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/encoding/encoding.h"
#include "runtime/host/arena.h"
#include "runtime/host/problem.h"
#include "runtime/program/program.h"
#include "runtime/tensor/value.h"

namespace bouton::runtime {

// One observer during one run of a block of lanes.
class Observation {
 public:
  // A run of `steps` steps that samples at run-relative steps after, after + every, …
  Observation(const ObserverInfo& info, std::int64_t steps, std::int64_t every, std::int64_t after,
              int lanes);

  // Why its samples do not fit into memory, or nothing.
  [[nodiscard]] Failed check_size() const;
  // Allocates and hands the buffers to generated code.
  void begin(ObserverSlot& slot);
  // Empties spike buffers that are nearly full; to be called whenever generated code returns early.
  void make_room();
  // What it has taken so far, and an observation that goes on from there; `begin` is done.
  void save(Encoder& encoder, const ObserverSlot& slot) const;
  [[nodiscard]] static Observation restore(Decoder& decoder, const ObserverInfo& info,
                                           std::int64_t steps, int lanes, ObserverSlot& slot);
  // What is bound to the name in the program.
  [[nodiscard]] Outcome<Value> result(int lane) const;

 private:
  [[nodiscard]] std::int64_t elements() const;
  [[nodiscard]] std::int64_t samples() const;
  [[nodiscard]] Value counts(int lane) const;
  [[nodiscard]] Outcome<Value> reduced(int lane) const;
  void restore_spikes(Decoder& decoder);
  [[nodiscard]] double sample(std::int64_t number, std::int64_t element, int lane) const;

  const ObserverInfo& info_;
  std::int64_t steps_;
  std::int64_t every_;
  std::int64_t after_;
  int lanes_;
  std::vector<double> sampled_;        // [sample][element][lane]
  std::vector<std::int64_t> counted_;  // [element or state][lane]
  std::vector<SpikeBuffer> buffers_;   // [lane]
  std::vector<std::vector<std::int64_t>> spike_steps_;
  std::vector<std::vector<std::int64_t>> spike_elements_;
};

}  // namespace bouton::runtime
