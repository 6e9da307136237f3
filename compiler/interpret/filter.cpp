#include "compiler/interpret/filter.h"

#include <algorithm>

#include "compiler/elaborate/decay.h"
#include "compiler/model/builtins.h"

namespace bouton::interpret {

namespace {

using elaborate::RealArithmetic;

std::optional<FilterForm> form_of(const model::Call& call) {
  const auto* id = std::get_if<model::BuiltinId>(&call.callee);
  if (id == nullptr) return std::nullopt;
  const std::string_view name = model::builtin(*id).name;
  if (name == "moving_average") return FilterForm::MovingAverage;
  if (name == "lowpass") return FilterForm::Lowpass;
  if (name == "highpass") return FilterForm::Highpass;
  return std::nullopt;
}

std::int64_t window_of(const elaborate::Population& population, model::SymbolId variable) {
  const auto window =
      std::ranges::find(population.averages, variable, &elaborate::AverageWindow::variable);
  BOUTON_CHECK(window != population.averages.end(), "elaboration has measured the window");
  return window->samples;
}

// What the sum over the end of a full block is, from each of its samples on.
std::vector<double> sums_to_end(const std::vector<double>& block, RealArithmetic arithmetic) {
  std::vector<double> sums(block.size());
  double sum = 0.0;
  for (std::size_t i = block.size(); i-- > 0;) sums[i] = sum = arithmetic.add(sum, block[i]);
  return sums;
}

void take_sample(AverageState& average, double sample, RealArithmetic arithmetic) {
  if (static_cast<std::int64_t>(average.block.size()) == average.window) {
    average.sums_before = sums_to_end(average.block, arithmetic);
    average.block.clear();
    average.sum = 0.0;
  }
  average.block.push_back(sample);
  average.sum = arithmetic.add(average.sum, sample);
  average.count += 1;
}

double mean_of(const AverageState& average, RealArithmetic arithmetic) {
  double sum = average.sum;
  const std::size_t left = average.block.size();  // the oldest sample of the block before
  if (left < average.sums_before.size()) sum = arithmetic.add(average.sums_before[left], sum);
  const std::int64_t samples = std::min(average.count, average.window);
  return arithmetic.divide(sum, arithmetic.round(static_cast<double>(samples)));
}

// x(k) - x(k-1) over the step; nothing has changed in the first one.
double slope_of(const SignalState& signal, const Frame& frame) {
  if (!signal.has_before) return 0.0;
  return frame.arithmetic.divide(frame.arithmetic.subtract(signal.now, signal.before),
                                 frame.timestep);
}

}  // namespace

std::vector<FilterState> build_filters(const elaborate::Population& population,
                                       const model::Neuron& neuron) {
  const auto size = static_cast<std::size_t>(population.size);
  std::vector<FilterState> filters;
  for (const model::Algebraic& algebraic : neuron.algebraics) {
    const auto* call = std::get_if<model::Call>(&algebraic.value.node);
    const auto form = call != nullptr ? form_of(*call) : std::nullopt;
    if (!form) continue;
    FilterState filter{algebraic.symbol, *form, call, {}, {}};
    filter.signals.resize(size);
    if (*form == FilterForm::MovingAverage)
      filter.averages.assign(size, {window_of(population, algebraic.symbol)});
    filters.push_back(std::move(filter));
  }
  return filters;
}

void begin_filter(FilterState& filter, std::size_t neuron, const Frame& frame) {
  filter.signals[neuron] = {};
  if (filter.form != FilterForm::MovingAverage) return;
  AverageState& average = filter.averages[neuron];
  average = {average.window};
  for (const model::NamedArgument& argument : filter.call->named)
    if (argument.name == "first")
      take_sample(average, elaborate::evaluate_real(*argument.value, frame), frame.arithmetic);
}

double filtered(FilterState& filter, std::size_t neuron, const Frame& frame) {
  if (filter.form != FilterForm::MovingAverage) return filter.signals[neuron].value;
  const double sample = elaborate::evaluate_real(filter.call->arguments[0], frame);
  take_sample(filter.averages[neuron], sample, frame.arithmetic);
  return mean_of(filter.averages[neuron], frame.arithmetic);
}

void take_input(FilterState& filter, std::size_t neuron, const Frame& frame) {
  filter.signals[neuron].now = elaborate::evaluate_real(filter.call->arguments[0], frame);
}

void integrate_filter(FilterState& filter, std::size_t neuron, model::Solver solver,
                      const Frame& frame) {
  if (filter.form == FilterForm::MovingAverage) return;
  SignalState& signal = filter.signals[neuron];
  const RealArithmetic& a = frame.arithmetic;
  const double tau = elaborate::evaluate_real(filter.call->arguments[1], frame);
  const bool low = filter.form == FilterForm::Lowpass;
  const double slope = low ? 0.0 : slope_of(signal, frame);
  if (solver == model::Solver::Euler) {
    const double change = low ? a.divide(a.subtract(signal.now, signal.value), tau)
                              : a.subtract(slope, a.divide(signal.value, tau));
    signal.value = a.add(signal.value, a.multiply(frame.timestep, change));
  } else {
    // Towards the value at which nothing changes.
    const double rest = low ? signal.now : a.multiply(slope, tau);
    const double factor = elaborate::decay_factor(1, frame.timestep, tau, a);
    signal.value = a.add(rest, a.multiply(a.subtract(signal.value, rest), factor));
  }
  signal.before = signal.now;
  signal.has_before = true;
}

}  // namespace bouton::interpret
