// Values of expressions inside neurons, synapses and rules: one number at a time. Written once for
// elaboration (windows, defaults) and for the interpreter (equations and handlers).
//
// A Frame is what an expression sees: the slots of its declaration's symbols now and one step ago.
// Numbers are those of the frame's arithmetic, and so is every result.
// Problems (a duration between two steps, a number that is not one) go to the frame's sink; the
// value is then 0 and the caller stops at the end of what it is doing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "compiler/elaborate/network.h"
#include "compiler/elaborate/problem.h"

namespace bouton::elaborate {

// The value of one symbol; the symbol's type says which field counts. Truth values are 1 and 0 in
// `real`.
struct Slot {
  double real = 0.0;
  std::int64_t steps = 0;
};

struct Frame {
  const model::Program* program = nullptr;
  const Slot* now = nullptr;     // by SymbolId
  const Slot* before = nullptr;  // one step ago; null where `prev` cannot stand
  // By SymbolId: the right-hand sides of states, and functions that parameters stand for.
  std::span<const model::Expr* const> derivatives;
  std::span<const std::optional<FunctionValue>> functions;
  // Of a rule: its two neurons.
  const Frame* pre = nullptr;
  const Frame* post = nullptr;
  std::span<const PartnerBinding> partners;
  double timestep = 0.0;
  RealArithmetic arithmetic{Precision::Double};
  std::optional<Problem>* sink = nullptr;
};

// A frame of the network's program, timestep and arithmetic; symbols are still to be given.
[[nodiscard]] Frame frame_of(const Network& network, std::optional<Problem>& sink);

[[nodiscard]] double evaluate_real(const model::Expr& expr, const Frame& frame);
[[nodiscard]] std::int64_t evaluate_steps(const model::Expr& expr, const Frame& frame);
[[nodiscard]] bool evaluate_truth(const model::Expr& expr, const Frame& frame);

// Whichever of the three its type asks for.
[[nodiscard]] Slot evaluate_slot(const model::Expr& expr, const Frame& frame);

}  // namespace bouton::elaborate
