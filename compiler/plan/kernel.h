// Kernels: what is computed for every element of an index space (and every lane), without branches.
//
// A kernel runs its body once per element of `space`, elements in any order; it finishes before the
// next item of its stage begins (code generation fuses where nobody can tell). All that leaves an
// element goes through stores and reductions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/plan/ops.h"
#include "compiler/plan/types.h"

namespace bouton::plan {

// Before: as the stage found it. Current: with the writes of earlier items of this stage and
// earlier ops of this element. PreviousStep: the value of step k-1 (Buffers::previous).
enum class Version : std::uint8_t { Before, Current, PreviousStep };
struct Read {
  Operand what;
  Version version = Version::Current;
};

// Where along one axis of an operand: at the index of an axis of the space (which is that axis,
// lies within it, or has the same range), or at a computed index (a gather, I64 or I32).
using Subscript = std::variant<AxisId, ValueId>;

struct ConstantAttribute {
  std::variant<bool, std::int64_t, double> value;  // Real: rounded once to the plan's precision
};
struct AxisAttribute {
  AxisId axis;
};
// Values that the caller of a kernel passes. Elapsed (I64): whole steps that a skip leaps over, in
// Schedule::between and Schedule::due. Interval (I64): q - p in steps, in the body of a Pairs
// handler.
enum class Input : std::uint8_t { Elapsed, Interval };
struct InputAttribute {
  Input input;
};
struct AccessAttribute {
  std::uint32_t slot = 0;  // loads: index into Kernel::reads; stores: index into Kernel::writes
  std::vector<Subscript> at;
};
struct FaultAttribute {
  FaultId fault;
};
struct FunctionAttribute {
  std::string name;  // in the runtime's math header
};
struct StreamAttribute {
  StreamId stream;
};
using Attribute = std::variant<std::monostate, ConstantAttribute, AxisAttribute, InputAttribute,
                               AccessAttribute, FaultAttribute, FunctionAttribute, StreamAttribute>;

// Defines the value whose id is its index in the body (of `type`, unless its result is none).
struct Op {
  OpCode code = OpCode::Constant;
  std::vector<ValueId> in;
  Attribute attribute;
  Type type;
};

// PartialSums: eight sums by index mod 8 (SEMANTICS 24; reals). Exact: integers, fixed point, Bool
// as any. Minimum, Maximum: any type but Bool. A reduction without an order is rejected.
enum class Order : std::uint8_t { Unspecified, PartialSums, Exact, Minimum, Maximum };

// into[rest] = the sum (minimum, …) of `value` over the axes `over`, of the elements where `where`
// holds; `rest` are the other axes of the space, in order. With `accumulate` the sum is added to
// what `into` holds. Nothing to reduce gives 0 (kNever for Minimum of I64). With a guarding event
// only its elements take part, so code may visit just those.
struct Reduction {
  ValueId value;
  std::optional<ValueId> where;
  std::vector<AxisId> over;
  Order order = Order::Unspecified;
  std::uint32_t into = 0;  // index into Kernel::writes
  bool accumulate = false;
};

// Hot: math is inlined. Cold: called, to keep modules within their instruction budget.
enum class Heat : std::uint8_t { Hot, Cold };

// A part of the program that a kernel executes, for people: what it is in the words of the program,
// where it stands, what lowering made of it and why, and the text that left no choice. Code
// generation does not look at it.
struct Origin {
  std::string what;  // `u`, `V'`, `on pair(dt) nearest`
  source::Span span{};
  std::string method{};  // empty where there is nothing to choose
  source::Span cause{};  // empty where the method follows from `span`
  std::string timing{};  // where the order within a step matters
};

struct Kernel {
  std::string name;
  CircuitId circuit;
  std::vector<AxisId> space;   // empty: once per lane
  std::optional<LinkId> link;  // set when the space is that of a projection's synapses
  std::vector<Read> reads;
  std::vector<ColumnId> writes;
  std::vector<Op> body;
  std::vector<Reduction> reductions;
  Heat heat = Heat::Hot;
  // Reals of this kernel are double whatever the plan's precision; what it loads is widened. It
  // stores reals to wide columns only. For expressions of the experiment over columns.
  bool wide = false;
  std::vector<Origin> origins{};  // in the order of execution
};

// A product with a matrix, kept whole so that code can be blocked. MatVec: y[post] = sum over pre
// of matrix[post, pre] * x[pre] by PartialSums. RankOneUpdate: matrix[post, pre] += y[post] *
// x[pre].
struct Dense {
  enum class Kind : std::uint8_t { MatVec, RankOneUpdate };
  std::string name;
  CircuitId circuit;
  Kind kind = Kind::MatVec;
  Read matrix;
  Read x;
  Operand y;                         // MatVec: the column written
  bool accumulate = false;           // MatVec: add to y (in order of the items)
  std::optional<KernelId> epilogue;  // over y's axis, while the result is in registers
};

}  // namespace bouton::plan
