// What the plan stores: axes, columns (structure of arrays), views, links, random streams.
//
// Every per-lane column has the replica lane as an implicit innermost axis: `V[neuron]` lies in
// memory as V[neuron][lane]. No axis, extent or value of a plan names a lane, so a replica computes
// the same numbers alone and among others. Real is single or double, as Plan::precision says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/plan/host_expr.h"
#include "compiler/plan/ids.h"
#include "compiler/source/span.h"
#include "compiler/units/dimension.h"

namespace bouton::plan {

// Fixed: int64 times 2^-fraction_bits, for sums that must not depend on their order.
// Double: in either precision (uniform numbers: SEMANTICS 20; quotients of fixed point).
enum class Scalar : std::uint8_t { Bool, I32, I64, U32, U64, Fixed, Real, Double };
struct Type {
  Scalar scalar = Scalar::Real;
  std::uint8_t fraction_bits = 0;  // Fixed only

  friend bool operator==(const Type&, const Type&) = default;
};
inline constexpr Type kBool{Scalar::Bool, 0};
inline constexpr Type kI32{Scalar::I32, 0};
inline constexpr Type kI64{Scalar::I64, 0};
inline constexpr Type kU32{Scalar::U32, 0};
inline constexpr Type kU64{Scalar::U64, 0};
inline constexpr Type kReal{Scalar::Real, 0};
inline constexpr Type kDouble{Scalar::Double, 0};
inline constexpr Type kInputFixed{Scalar::Fixed, 44};   // sums of constant psps (SEMANTICS 24)
inline constexpr Type kCheckFixed{Scalar::Fixed, 12};   // the same sums, roughly
inline constexpr Type kHazardFixed{Scalar::Fixed, 40};  // hazard clocks (SEMANTICS 21)

// Steps that never come and steps before everything: far enough that differences do not overflow.
inline constexpr std::int64_t kNever = std::int64_t{1} << 61;
inline constexpr std::int64_t kLongAgo = -(std::int64_t{1} << 61);

// A length. With `specialise` the JIT folds its value into the code; else it is read from the
// parameter block. It is the same for all replicas of a plan.
struct Extent {
  HostExpr value;
  bool specialise = true;
};

// An index range. A projection has axes of its own: `Post` and `Pre` (dense storage) lie `within`
// the neuron axes of its populations, beginning at `offset`; `Synapse` (sparse storage) numbers its
// synapses in order of (post, pre).
struct Axis {
  enum class Kind : std::uint8_t { Neuron, Post, Pre, Synapse, Batch, Ring };
  std::string name;
  Kind kind = Kind::Neuron;
  ExtentId extent;
  std::optional<AxisId> within;
  std::optional<ExtentId> offset;  // absent: 0
};

enum class Sharing : std::uint8_t { PerLane, Shared };

// What a column is for. A checkpoint is every column but Scratch and Constant.
// TraceBase/TraceStamp: a closed-form trace. History: a ring. Accumulator: sums of inputs. Tape:
// replayed draws.
enum class Role : std::uint8_t {
  State,
  Parameter,
  Constant,
  Weight,
  TraceBase,
  TraceStamp,
  History,
  HazardClock,
  Threshold,
  DrawOrdinal,
  Flag,
  Clock,
  Accumulator,
  Tape,
  Scratch,
};

// A kernel that computes the first value when the first run after creation or `reset` begins; an
// assignment made before wins. Columns of a circuit are initialised in order of their ids.
struct InitialKernel {
  KernelId kernel;
};
// The value at creation and after `reset`; monostate: zero or false.
using Initial = std::variant<std::monostate, HostExpr, InitialKernel>;

using Owner = std::variant<std::monostate, CircuitId, PopulationId, LinkId, RuleId>;

// next: stores go to a second slot and are seen from the end of the stage on (Stage::commits).
// previous: the value that the column had at the end of stage Evaluate of the step before is kept:
// for a state x(k-1), for a computed value that of step k-1. Before the first step, and after
// `reset`, it is the column's initial or assigned value. Such a column lasts: it is not Scratch.
struct Buffers {
  bool next = false;
  bool previous = false;
};

struct Column {
  std::string name;
  Type type;
  std::vector<AxisId> axes;
  Sharing sharing = Sharing::PerLane;
  Role role = Role::State;
  bool wide = false;      // a Real column of wide kernels: its cells are double in either precision
  bool positive = false;  // a time constant: the experiment may only assign what is above 0
  Buffers buffers;
  Owner owner;
  Initial initial;
  units::Dimension dimension;
  source::Span span{};
  std::string reason{};  // why it is stored, and on these axes; empty where the role says it all
};

// Another shape of a column: tied weights. Reading [i, j] gives scale * of[i, j], or of[j, i] when
// transposed. `axes` are the axes of the view's own projection; its shape must be that of `of`.
// A scale of 1 or -1 is exact.
struct View {
  std::string name;
  Operand of;
  bool transposed = false;
  std::vector<AxisId> axes;
  double scale = 1;
  source::Span span{};
};

struct Population {
  std::string name;
  AxisId axis;
  CircuitId circuit;
  std::vector<ColumnId> states{};  // real ones, in order of declaration
};

// Populations that compute alike and are packed into one: of each row of columns, one for each
// population, the cells of a column begin where those of the column before it end, so that one
// vector reaches over all of them. See packs.h.
struct Pack {
  std::vector<PopulationId> populations;
  std::vector<std::vector<ColumnId>> rows;

  friend bool operator==(const Pack&, const Pack&) = default;
};

// Populations that always advance together, with one count of steps.
struct Circuit {
  std::string name;
  ColumnId clock;  // I64, no axes, role Clock: the step to execute next
};

// All pairs but those that `no_self` leaves out, or only those of equal index along both axes
// (`one_to_one`); a list (index columns sorted by post, then pre).
struct DenseStorage {
  AxisId post, pre;
  bool no_self = false;
  bool one_to_one = false;
};
struct SparseStorage {
  AxisId synapse;
  ColumnId post, pre;              // I32 over `synapse`: neuron indices within the populations
  ColumnId first_of_post;          // I64, one more than post neurons: row starts
  std::optional<ColumnId> by_pre;  // I64: synapses in order of (pre, post), and
  std::optional<ColumnId> first_of_pre;  // where each pre neuron begins in it
};
struct OneToOneStorage {
  AxisId neuron;
};
using Storage = std::variant<DenseStorage, SparseStorage, OneToOneStorage>;

// A projection. Its synapses are the axes of its storage; kernels over them skip missing synapses,
// assignments to its columns ignore them. Delays are in steps; absent: 0.
struct Link {
  std::string name;
  PopulationId pre, post;
  Storage storage;
  std::optional<Operand> weight;  // absent: the constant 1
  std::optional<ExtentId> axonal, dendritic, backprop;
  // I64, without axes: spikes before this step do not exist for pairs, because the projection was
  // reset without its populations. Absent: it never is.
  std::optional<ColumnId> first_seen{};
  source::Span span{};
};

// A rule at one projection.
struct Rule {
  std::string name;
  LinkId link;
  source::Span span{};
  // As that of the link and in its place, of a rule that is reset without the others.
  std::optional<ColumnId> first_seen{};
};

// A source of random words: the number is a function of (seed, hash of `site`, element, counter).
// Step: the counter is the circuit's step. Ordinal: it is the element's own count, kept in
// `ordinal`.
struct Stream {
  enum class Key : std::uint8_t { Step, Ordinal };
  std::string site;  // qualified name, as SEMANTICS 20 builds it
  Key key = Key::Step;
  std::optional<ColumnId> ordinal;
};

// A run-time error that a kernel can raise about one element of its space. The number that
// `require` gives with it: the probability, the rate per step, the input, the row of the tape, the
// duration.
struct Fault {
  enum class Kind : std::uint8_t { SpikeProbability, SpikeRate, Input, Tape, Duration };
  Kind kind = Kind::Duration;
  std::string of;     // the projection of an input, the population of a tape
  std::string owner;  // the population or projection whose element fails
  source::Span span{};
  std::optional<ColumnId> tape{};  // Tape: what was replayed; its statement is where it failed
};

}  // namespace bouton::plan
