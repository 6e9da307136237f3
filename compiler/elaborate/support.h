// Where a window ends: the last step at which psp(s), or the body of an `on pair(dt)`, can do
// anything. Found from the comparisons with the window's variable: each must be between expressions
// that are linear in it (`abs` included), so that each changes its answer at known places; beyond
// the last of them the formula must be 0 in every branch that is left.
#pragma once

#include <cstdint>
#include <span>
#include <variant>

#include "compiler/elaborate/pair_window.h"
#include "compiler/elaborate/scalar.h"

namespace bouton::elaborate {

// The window's variable and the side on which its support is asked for.
struct WindowVariable {
  const model::Scope& scope;  // of the rule or synapse
  model::SymbolId symbol;     // in whole steps
  int direction = 1;          // 1: s or dt > 0; -1: dt < 0
};

// A number of steps n such that the window does nothing for |s| > n, or why there is none. `slots`
// are those of `frame`, with parameters filled in; the variable's slot is overwritten.
[[nodiscard]] std::variant<std::int64_t, NoWindow> find_support(const model::Expr& window,
                                                                WindowVariable variable,
                                                                std::span<Slot> slots,
                                                                const Frame& frame);
[[nodiscard]] std::variant<std::int64_t, NoWindow> find_support(const model::HandlerBody& body,
                                                                WindowVariable variable,
                                                                std::span<Slot> slots,
                                                                const Frame& frame);

// Whether no branch that psp(s) takes at s = 0, 1, …, `last` is anything but a literal 0.
[[nodiscard]] bool is_zero_up_to(std::int64_t last, const model::Expr& psp, WindowVariable variable,
                                 std::span<Slot> slots, const Frame& frame);
// The same of a body at s = 0, 1, …, `last` times the direction: it changes nothing there.
[[nodiscard]] bool is_zero_up_to(std::int64_t last, const model::HandlerBody& body,
                                 WindowVariable variable, std::span<Slot> slots,
                                 const Frame& frame);

}  // namespace bouton::elaborate
