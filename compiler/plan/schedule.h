// The step order of a circuit, and what a `run` executes. Code generation emits one advance
// function per schedule from the values here; nothing is recognised by name.
//
// Executing step k: the stages in order, their items in order, then k := k + 1.
// EveryStep: that, until the run's end.
// SkipToNextEvent: the first `ahead` items of the first stage at step k. Unless an event fired in
// them, let k' be the least of what `horizon` and `crossings` give and the end of the run, but k at
// least: the k' - k steps before it are quiet, and `between` makes up for them, with that many as
// Elapsed or with fewer several times. The rest of the stages at k', then k := k' + 1. With
// Clock::PerLane each lane has its own k. Going on at any earlier step, as EveryStep does, gives
// the same numbers. See Note [Quiet steps] in quiet.h for when this is legal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/plan/event.h"
#include "compiler/plan/moving_average.h"

namespace bouton::plan {

// What a run counts and samples. Sampled kinds read `what` at run-relative steps n = after,
// after + every, … < duration, once per step or, in a skip, once per sampling instant passed over.
struct Observer {
  // Samples: array [sample, shape of what]. Mean … Last: array of the shape of `what`. Spikes: list
  // of (step, element). Count: per element. StateHistogram: over the 2^n patterns of a Bool[n]
  // column, first element = most significant bit.
  enum class Kind : std::uint8_t {
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
  std::string name;
  CircuitId circuit;
  Kind kind = Kind::Samples;
  std::optional<Read> what;      // sampled kinds
  std::optional<EventId> event;  // Count, Spikes
  HostExpr every;                // steps >= 1; ignored by Count and Spikes
  HostExpr after;                // steps >= 0
  source::Span span{};
};

struct Push {
  HistoryId history;
};
struct Item {
  std::variant<KernelId, DenseId, MovingAverageId, HandlerId, ObserverId, Push> what;
  std::vector<EventId> when;   // kernels: effects only where one of these fired; empty: everywhere
  std::optional<RuleId> rule;  // the rule that this is part of
};

// The stages of SEMANTICS "one step", and Commit: `previous` buffers take over.
struct Stage {
  enum class Kind : std::uint8_t {
    Draw,
    Evaluate,
    Learn,
    Jump,
    Integrate,
    Constrain,
    Observe,
    Commit,
  };
  Kind kind = Kind::Evaluate;
  std::vector<Item> items;
  // Buffers::next of these become current when the stage ends. In stage Commit: what these held at
  // the end of stage Evaluate becomes their previous step (a state was overwritten since: keep it
  // aside).
  std::vector<ColumnId> commits;
};

struct Schedule {
  enum class Advance : std::uint8_t { EveryStep, SkipToNextEvent };
  enum class Clock : std::uint8_t { Global, PerLane };
  // How threads share it: blocks of lanes, or ranges of postsynaptic neurons.
  enum class Partition : std::uint8_t { LaneBlocks, PostRanges };
  std::string name;
  CircuitId circuit;
  std::vector<Stage> stages;
  // SkipToNextEvent: how many items of the first stage follow from the state and the step count
  // alone, so that they can be executed before it is decided how far to leap.
  std::uint32_t ahead = 0;
  // SkipToNextEvent: each reduces to one I64 without axes, the last step before what was executed
  // ahead changes, or the step at which a clock reaches its threshold.
  std::vector<KernelId> horizon, crossings;
  // Executed before `crossings`: what they divide by, of values that quiet steps leave as they are.
  std::vector<KernelId> reciprocals;
  // Each reduces to one Bool without axes: whether a clock reaches its threshold within Elapsed
  // steps, this one included. Over all clocks of `crossings`.
  std::vector<KernelId> due;
  std::vector<KernelId> between;  // SkipToNextEvent: advance closed forms by Elapsed steps
  Advance advance = Advance::EveryStep;
  Clock clock = Clock::Global;
  Partition partition = Partition::LaneBlocks;
};

// A column's value for the length of a run, undone after it.
struct Override {
  ColumnId column;
  HostExpr value;
  source::Span span{};  // of the assignment
};
// From run-relative step `from` on (that of the first is 0) the run executes `schedule`: `learn …
// after T` is a second segment, so kernels carry no flags. Steps that are only known when the run
// begins may come in any order: of all segments that have begun the last one counts.
struct Segment {
  HostExpr from;
  ScheduleId schedule;
};
// What one circuit executes during a run.
struct PhasePart {
  CircuitId circuit;
  std::vector<Segment> segments;
};
// Circuits that a run advances do not see each other: their parts run one after the other, each by
// the whole duration.
struct Phase {
  std::string name;  // empty: a run outside of phases
  std::vector<PhasePart> parts;
  std::vector<Override> overrides;  // in order; each sees the ones before it
  std::vector<RuleId> learning;     // the rules that some segment executes
  std::vector<LinkId> silent;
  source::Span span{};
};

}  // namespace bouton::plan
