// `moving_average(x, T)`, `lowpass(x, tau)` and `highpass(x, tau)` as the value of an algebraic
// variable (SEMANTICS 19). A moving average is an item of its own between two kernels. The other
// two are states that begin at 0: the variable shows y(k), and x(k) acts on y(k+1).
#pragma once

#include "compiler/lower/expression.h"

namespace bouton::lower {

// The call, where a variable is the value of a filter; with its name.
struct FilterCall {
  enum class Form : std::uint8_t { MovingAverage, Lowpass, Highpass };
  Form form = Form::MovingAverage;
  const model::Call* call = nullptr;
};
[[nodiscard]] std::optional<FilterCall> filter_of(const model::Algebraic& variable);
// Whether its value is there only behind the kernel that computes what it takes in.
[[nodiscard]] bool is_moving_average(const model::Algebraic& variable);

// The columns of all filters of a population.
void add_filters(Lowering& lowering, elaborate::PopulationId population);

// In the kernel of stage 2: keeps what the filter takes in.
void lower_filter_input(elaborate::PopulationId population, const model::Algebraic& variable,
                        const Names& names, Emitter& emit);
// The value there of any but a moving average.
[[nodiscard]] Value filter_value(elaborate::PopulationId population,
                                 const model::Algebraic& variable, Emitter& emit);
// The item that gives a moving average its value.
[[nodiscard]] plan::Item average_item(const Lowering& lowering, elaborate::PopulationId population,
                                      const model::Algebraic& variable);

// y(k+1), in the kernel of stage Integrate.
void integrate_filters(elaborate::PopulationId population, const Names& names, Emitter& emit);

}  // namespace bouton::lower
