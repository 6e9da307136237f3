// Events and what they set off: spikes, arrivals, ends of postsynaptic potentials, pairs of spikes.
//
// An event is a Bool column `fired` over an axis, true for the elements to which it happens in the
// step being executed. How it becomes true is its source; kernels of the schedule compute it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/plan/kernel.h"

namespace bouton::plan {

struct Event {
  // PerStepDraw: a draw every step. HazardCrossing: a hazard clock reaches its threshold.
  // Condition: a test of states. Timer: a step kept in `due`. Delayed: another event, `delay` steps
  // later, kept in `due` as well. InputTape: given spike trains.
  enum class Source : std::uint8_t {
    PerStepDraw,
    HazardCrossing,
    Condition,
    Timer,
    Delayed,
    InputTape,
  };
  std::string name;
  CircuitId circuit;
  Source source = Source::Condition;
  AxisId axis;
  ColumnId fired;  // Bool[axis]; Scratch, or Flag where `prev(spiked)` is read
  // I64[axis]: the step at which it is due next; kNever if not. Timer and Delayed.
  std::optional<ColumnId> due;
  // Delayed only. `queue` is the history of `of`, as deep as events can be under way at once;
  // absent where that is one.
  std::optional<EventId> of;
  std::optional<ExtentId> delay;
  std::optional<HistoryId> queue;
  source::Span span{};
};

// The last `depth` steps at which an event happened, newest first found at head: ring[axis, slot].
// Pushed by a stage item; a push where the event fired writes the step at slot head mod depth and
// increments head.
struct History {
  std::string name;
  EventId of;
  ColumnId ring;  // I64[axis, ring], History, initially kLongAgo
  ColumnId head;  // I64[axis], History: number of pushes
};

// Which pairs (p, q) of arrival steps are delivered; formal definitions in SEMANTICS 12.
struct Pairing {
  enum class Kind : std::uint8_t { All, Nearest, Immediate, PreCentred, PostCentred };
  Kind kind = Kind::Nearest;
  int count = 1;                // Nearest
  bool in_index_order = false;  // a spike sees a coincident one only of a neuron with a lower index
};

// Both sides of Over::Pairs. The histories hold the spikes before this step; this step's are in the
// events' `fired`. They are pushed after the last handler that reads them.
struct PairSource {
  EventId pre, post;
  HistoryId pre_history, post_history;
  Pairing pairing;
};
// Self: the elements of the event. Outgoing: the synapses whose pre neuron fired `on`, presynaptic
// index ascending. Incoming: whose post neuron fired. Pairs: the body runs once per delivered pair,
// those of one synapse and step in the order dt > 0, dt = 0, dt < 0, oldest partner first.
struct Handler {
  enum class Over : std::uint8_t { Self, Outgoing, Incoming, Pairs };
  std::string name;
  Over over = Over::Self;
  std::optional<EventId> on;        // all but Pairs
  std::optional<PairSource> pairs;  // Pairs
  std::optional<LinkId> link;       // all but Self
  KernelId body;
  std::optional<RuleId> rule;
};

// A closed-form trace: x(k) = base * exp(-(k - stamp) * timestep / tau). Reading never writes.
struct Trace {
  std::string name;
  ColumnId base, stamp;
  HostExpr tau_steps;  // tau/timestep, real
  std::optional<RuleId> rule;
};

}  // namespace bouton::plan
