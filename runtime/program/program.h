// A compiled experiment as the runtime executes it: statements, what runs advance, what they
// observe, initial values. Plain data; machine code and the arena's layout come beside it
// (layout.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/program/expression.h"

namespace bouton::runtime {

struct HostStmt;
using HostBody = std::vector<HostStmt>;

struct LetStmt {
  std::uint32_t variable = 0;
  HostExpr value;
};
struct AssignVariableStmt {
  std::uint32_t variable = 0;
  HostExprs subscripts;
  HostExpr value;
};
// A scalar fills the column. Missing synapses ignore it.
struct AssignColumnStmt {
  std::uint32_t column = 0;
  HostExprs subscripts;
  HostExpr value;
};
struct ForStmt {
  std::vector<std::uint32_t> variables;
  HostExpr sequence;
  HostBody body;
};
struct IfStmt {
  HostExpr condition;
  HostBody when_true;
  HostBody when_false;
};
struct BreakStmt {};
// `number`: which of the program's statements it is; the same in programs that differ in numbers
// only.
struct RunStmt {
  std::uint32_t number = 0;
  HostExpr steps;
  std::uint32_t phase = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> results;  // observer, variable
};
struct ResetStmt {
  std::uint32_t number = 0;
  std::vector<std::uint32_t> columns;
  std::vector<std::uint32_t> kernels;
};
struct ClipStmt {
  std::vector<std::uint32_t> columns;
  HostExpr low;
  HostExpr high;
};
struct NormaliseStmt {
  std::uint32_t column = 0;
  bool per_post = true;
  HostExpr to;
};
struct ReplayStmt {
  std::uint32_t column = 0;
  bool by_step = true;  // row k for step k; else row n for draw n
  std::uint32_t clock = 0;
  HostExpr value;
};
struct EveryStmt {
  HostExpr count;
  HostExpr counter;
  HostBody body;
};
struct RecordStmt {
  std::vector<std::string> names;
  HostExprs cells;
};
struct PlotStmt {
  struct Curve {
    std::string y;
    std::string x;
    bool logarithmic = false;
  };
  std::vector<Curve> curves;
};
struct PrintStmt {
  HostExprs parts;
  std::vector<std::string> units;  // of each part; empty: none
};
struct ExpectStmt {
  HostExpr actual;
  HostExprs expected;  // none (a truth value) or one
  HostExprs within;    // none (exact) or one
};

struct HostStmt {
  std::variant<LetStmt, AssignVariableStmt, AssignColumnStmt, ForStmt, IfStmt, BreakStmt, RunStmt,
               ResetStmt, ClipStmt, NormaliseStmt, ReplayStmt, EveryStmt, RecordStmt, PlotStmt,
               PrintStmt, ExpectStmt>
      node;
  Place place{};
};

enum class ObserverKind : std::uint8_t {
  Samples,
  Mean,
  Sum,
  Variance,
  Minimum,
  Maximum,
  Last,
  Count,
  Spikes,
  StateHistogram,
};
struct ObserverInfo {
  ObserverKind kind = ObserverKind::Samples;
  std::vector<std::int64_t> extents;  // of what is sampled, or [elements] of the event
  HostExpr every;                     // steps
  HostExpr after;
  Place place;
};

struct OverrideInfo {
  std::uint32_t column = 0;
  HostExpr value;
};
struct SegmentInfo {
  HostExpr from;  // run-relative step
  std::uint32_t schedule = 0;
};
// What one circuit executes during a run.
struct PhasePartInfo {
  std::uint32_t clock = 0;  // column
  std::vector<SegmentInfo> segments;
};
struct PhaseInfo {
  std::string name;
  std::vector<PhasePartInfo> parts;  // one after the other, each by the whole duration
  std::vector<OverrideInfo> overrides;
};

// The value at creation and after `reset`: a number, or a kernel that runs when the first run after
// that begins.
struct InitialInfo {
  HostExprs value;  // none: 0
  std::optional<std::uint32_t> kernel;
  std::vector<std::uint32_t> reads;  // columns that the kernel reads
  std::uint32_t clock = 0;           // column: the circuit whose run executes the kernel
  bool drawn = false;                // the kernel draws random numbers: never run to show a value
};

// What generated code can find wrong within a step; the words are in runtime/base/run_errors.h.
struct FaultInfo {
  enum class Kind : std::uint8_t { SpikeProbability, SpikeRate, Input, Tape, Duration };
  Kind kind = Kind::Duration;
  std::string of;          // the projection of an input, the population of a tape
  std::string owner;       // the population or projection whose element fails
  bool in_single = false;  // the number is one of single precision
  Place place;
  std::optional<std::uint32_t> tape{};  // column: the replay that filled it is the place
};

// What has to hold numbers when a run ends: the weights of a projection that has weights of its own
// (a matrix [post, pre]), or a state of a population's neurons.
struct NumbersInfo {
  std::uint32_t column = 0;
  std::uint32_t clock = 0;  // column
  std::string owner;        // the projection or population
  std::string state;        // its name; empty: weights
};

struct Program {
  std::string name;
  double timestep = 1;
  std::string source_directory;  // what `load` is relative to
  std::vector<std::string> variables;
  std::vector<InitialInfo> initials;     // by column
  std::vector<MissingSynapses> missing;  // by column
  std::vector<bool> positive;            // by column: time constants, assigned numbers above 0 only
  std::vector<NumbersInfo> numbers;      // weights by projection, states by population
  std::vector<ObserverInfo> observers;
  std::vector<PhaseInfo> phases;
  std::vector<FaultInfo> faults;
  HostBody body;
};

}  // namespace bouton::runtime
