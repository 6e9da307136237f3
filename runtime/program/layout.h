// Where a compiled program keeps its columns: one arena per block of replica lanes, every column at
// a fixed offset.
//
// Written by code generation, read by the runtime (host statements read and assign columns,
// checkpoints save them). A per-lane column lies in memory as [axes…][lane]; a shared column has no
// lane axis and is stored once per arena.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bouton::runtime {

enum class CellType : std::uint8_t { Bool8, Int32, Int64, UInt32, UInt64, Fixed64, Real32, Real64 };

[[nodiscard]] constexpr std::int64_t bytes_of(CellType type) {
  switch (type) {
    case CellType::Bool8:
      return 1;
    case CellType::Int32:
    case CellType::UInt32:
    case CellType::Real32:
      return 4;
    default:
      return 8;
  }
}

inline constexpr std::int64_t kNoOffset = -1;

struct ColumnLayout {
  std::string name;
  CellType type = CellType::Real64;
  int fraction_bits = 0;              // Fixed64
  std::vector<std::int64_t> extents;  // row-major
  bool per_lane = true;
  std::int64_t offset = 0;                   // bytes from the arena's begin
  std::int64_t next_offset = kNoOffset;      // double buffers
  std::int64_t previous_offset = kNoOffset;  // value of step k-1
  // A tape is as long as the data that is replayed: the arena holds a TapeSlot instead of the
  // cells.
  bool external = false;

  [[nodiscard]] std::int64_t elements() const {
    std::int64_t product = 1;
    for (const std::int64_t extent : extents) product *= extent;
    return product;
  }
};

// At the offset of an external column: cells as [row][element][lane].
struct TapeSlot {
  const double* cells = nullptr;
  std::int64_t rows = 0;
};

// One per observer; the runtime sets all of it when a run begins, code counts `next`, `taken` and
// fills `cells`.
struct ObserverSlot {
  std::int64_t every = 1;   // steps
  std::int64_t next = 0;    // run-relative step of the next sample
  std::int64_t active = 0;  // 1 during runs that observe it
  std::int64_t taken = 0;   // samples taken
  void* cells = nullptr;    // Samples: double[sample][element][lane]; counts and histograms:
                            // int64[element][lane]; Spikes: SpikeBuffer[lane]
};

struct SpikeBuffer {
  std::int64_t* step = nullptr;  // of the run, from 0
  std::int64_t* element = nullptr;
  std::int64_t size = 0;
  std::int64_t capacity = 0;
};

// How a call of generated code ended.
struct StatusSlot {
  std::int64_t fault = 0;  // 1 + index into the plan's faults; 0: none
  std::int64_t step = 0;
  std::int64_t lane = 0;
  static constexpr std::int64_t kNone = -1;
  std::int64_t index = kNone;  // neuron, or the synapse's postsynaptic neuron
  std::int64_t pre = kNone;    // of a synapse
  double value = 0;            // what is wrong
};

struct ArenaLayout {
  std::int64_t bytes = 0;  // alignment 64
  int lanes = 1;
  std::vector<ColumnLayout> columns;  // by plan column id
  std::int64_t seeds_offset = 0;      // uint64[lanes]
  std::int64_t status_offset = 0;     // StatusSlot
  std::int64_t observers_offset = 0;  // ObserverSlot[observers]
  std::int64_t observer_count = 0;
};

// Executes steps first … until - 1 of one schedule; returns the step it stopped before: `until`, or
// less when a spike buffer is full (drain it and call again) or a fault was raised. Step counts are
// the circuit's, `run_begin` is the step at which the run began. `table` holds the numbers that
// code does not contain (compiler/image/pool.h); null if it contains all.
using AdvanceFunction = std::int64_t (*)(void* arena, const std::uint64_t* table,
                                         std::int64_t first, std::int64_t until,
                                         std::int64_t run_begin);
// A kernel outside of the step loop: initial values, reset.
using KernelFunction = void (*)(void* arena, const std::uint64_t* table, std::int64_t step);

}  // namespace bouton::runtime
