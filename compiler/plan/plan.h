// The plan: everything that code generation and the runtime execute, as values and ids. Made by
// lower, rewritten by passes, checked by verify (verifier.h) after each, printed by print
// (printer.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/plan/host.h"
#include "compiler/plan/schedule.h"

namespace bouton::plan {

enum class Precision : std::uint8_t { Single, Double };
enum class MathMode : std::uint8_t { Exact, Fast };
inline constexpr int kRngLayoutVersion = 1;

// A parameter of the experiment: constant, known when the program starts. PerLane: a sweep varies
// it.
struct ProgramParameter {
  std::string name;
  HostType type;
  Sharing sharing = Sharing::PerLane;
  units::Dimension dimension;
  std::optional<HostExpr> value;  // the default, or what `--param` said; absent: required
};

struct Plan {
  std::string name;
  Precision precision = Precision::Double;
  MathMode math = MathMode::Exact;
  int rng_layout = kRngLayoutVersion;
  double timestep = 0;  // in coherent units (ms)
  HostExpr seed;

  Table<ExtentId, Extent> extents;
  Table<AxisId, Axis> axes;
  Table<ColumnId, Column> columns;
  Table<ViewId, View> views;
  Table<CircuitId, Circuit> circuits;
  Table<PopulationId, Population> populations;
  Table<PackId, Pack> packs;
  Table<LinkId, Link> links;
  Table<RuleId, Rule> rules;
  Table<StreamId, Stream> streams;
  Table<FaultId, Fault> faults;
  Table<KernelId, Kernel> kernels;
  Table<DenseId, Dense> denses;
  Table<MovingAverageId, MovingAverage> moving_averages;
  Table<EventId, Event> events;
  Table<HistoryId, History> histories;
  Table<TraceId, Trace> traces;
  Table<HandlerId, Handler> handlers;
  Table<ObserverId, Observer> observers;
  Table<ScheduleId, Schedule> schedules;
  Table<PhaseId, Phase> phases;
  Table<HostVariableId, HostVariable> variables;
  Table<ParameterId, ProgramParameter> parameters;
  Table<RecordTableId, RecordTable> record_tables;

  std::vector<ColumnId> checkpoint;  // ascending; every column but Scratch and Constant
  HostProgram host;
};

// What every column but Scratch and Constant is: part of a checkpoint.
[[nodiscard]] bool belongs_to_checkpoint(Role role);
[[nodiscard]] std::vector<ColumnId> checkpoint_of(const Table<ColumnId, Column>& columns);

}  // namespace bouton::plan
