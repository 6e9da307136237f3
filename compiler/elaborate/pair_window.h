// The body of an `on pair(dt) all` as sums of polynomial x exponential, one sum
// per sign of dt: the form whose trace recurrence defines the result (SEMANTICS
// 12). Interpreter and lowering both take it from here, so that they add the
// same terms in the same order.
//
// Delivery at a post spike of step q adds, for every update of `causal` in
// order,
//   target += sum over terms, in order, of coefficient * trace
// with trace = sum over earlier pre spikes p of age^power *
// exp(-age/time_constant), age = (q-p) * timestep. `anticausal` is the mirror
// image (pre spike against earlier post spikes, age = -dt). A coincident pair
// (dt = 0) evaluates the body itself.
//
// A trace x_n is defined by its recurrence: with d = (k - k0) * timestep since
// its last jump,
//   x_n(k) = exp(-d/time_constant) * sum over m = 0 .. n of binomial(n, m) *
//   d^(n-m) * x_m(k0),
// summed in ascending m, and a spike adds 1 to x_0 only.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/elaborate/arithmetic.h"
#include "compiler/model/dynamics.h"

namespace bouton::elaborate {

struct WindowTerm {
  model::Expr coefficient;  // rule's scope; free of dt, states, `w` and partner fields
  int power = 0;
  std::optional<model::Expr> time_constant;  // a time; nothing: no decay
};
struct WindowUpdate {
  model::SymbolId target;  // a state or `w`
  std::vector<WindowTerm> terms;
};
struct PairWindow {
  std::vector<WindowUpdate> causal;      // dt > 0
  std::vector<WindowUpdate> anticausal;  // dt < 0
};

// Why a body has no such form, and where.
struct NoWindow {
  source::Span span;
  std::string reason;
};

// Constants among the coefficients are folded by `arithmetic`.
[[nodiscard]] std::variant<PairWindow, NoWindow> decompose_window(const model::Rule& rule,
                                                                  const model::OnPair& handler,
                                                                  RealArithmetic arithmetic);

}  // namespace bouton::elaborate
