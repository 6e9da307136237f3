#include "compiler/interpret/window_trace.h"

#include "compiler/elaborate/decay.h"

namespace bouton::interpret {

namespace {

using elaborate::WindowTerm;

std::vector<WindowTrace> traces_of(const std::vector<elaborate::WindowUpdate>& updates) {
  std::vector<WindowTrace> traces;
  for (const elaborate::WindowUpdate& update : updates)
    for (const WindowTerm& term : update.terms)
      traces.push_back({std::vector<double>(static_cast<std::size_t>(term.power) + 1, 0.0), 0});
  return traces;
}

double binomial(std::size_t n, std::size_t m) {
  double result = 1.0;
  for (std::size_t i = 1; i <= m; ++i)
    result = result * static_cast<double>(n - m + i) / static_cast<double>(i);
  return result;
}

double power(double base, std::size_t exponent, elaborate::RealArithmetic arithmetic) {
  double result = 1.0;
  for (std::size_t i = 0; i < exponent; ++i) result = arithmetic.multiply(result, base);
  return result;
}

// x_n(step), by the recurrence of pair_window.h.
double moment_at(const WindowTrace& trace, std::size_t n, const WindowTerm& term, std::int64_t step,
                 const elaborate::Frame& frame) {
  const elaborate::RealArithmetic& arithmetic = frame.arithmetic;
  const double elapsed = arithmetic.multiply(arithmetic.round(step - trace.step), frame.timestep);
  double sum = 0.0;
  for (std::size_t m = 0; m <= n; ++m) {
    const double factor = arithmetic.multiply(binomial(n, m), power(elapsed, n - m, arithmetic));
    sum = arithmetic.add(sum, arithmetic.multiply(factor, trace.moments[m]));
  }
  if (!term.time_constant) return sum;
  const double tau = elaborate::evaluate_real(*term.time_constant, frame);
  const double factor = elaborate::decay_factor(step - trace.step, frame.timestep, tau, arithmetic);
  return arithmetic.multiply(factor, sum);
}

}  // namespace

WindowTraces silent_traces(const elaborate::PairWindow& window) {
  return {traces_of(window.causal), traces_of(window.anticausal)};
}

void deliver(const std::vector<elaborate::WindowUpdate>& updates,
             const std::vector<WindowTrace>& traces, std::int64_t step, elaborate::Slot* slots,
             const elaborate::Frame& frame) {
  auto trace = traces.begin();
  for (const elaborate::WindowUpdate& update : updates) {
    double sum = 0.0;
    bool first = true;
    for (const WindowTerm& term : update.terms) {
      const double moment =
          moment_at(*trace++, static_cast<std::size_t>(term.power), term, step, frame);
      const double value =
          frame.arithmetic.multiply(elaborate::evaluate_real(term.coefficient, frame), moment);
      sum = first ? value : frame.arithmetic.add(sum, value);
      first = false;
    }
    double& target = slots[update.target.value].real;
    target = frame.arithmetic.add(target, sum);
  }
}

void jump(const std::vector<elaborate::WindowUpdate>& updates, std::vector<WindowTrace>& traces,
          std::int64_t step, const elaborate::Frame& frame) {
  auto trace = traces.begin();
  for (const elaborate::WindowUpdate& update : updates)
    for (const WindowTerm& term : update.terms) {
      std::vector<double> moments(trace->moments.size());
      for (std::size_t n = 0; n < moments.size(); ++n)
        moments[n] = moment_at(*trace, n, term, step, frame);
      moments.front() = frame.arithmetic.add(moments.front(), 1.0);
      *trace++ = {std::move(moments), step};
    }
}

}  // namespace bouton::interpret
