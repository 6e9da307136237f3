#include "runtime/analysis/boltzmann.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/analysis/states.h"
#include "runtime/math/math.h"
#include "runtime/sum/eight_sums.h"
#include "runtime/tensor/sum_of.h"

namespace bouton::runtime {
namespace {

bool all_finite(const Tensor& tensor) {
  return std::all_of(tensor.data().begin(), tensor.data().end(),
                     [](double x) { return std::isfinite(x); });
}

// Eight bytes per state; more than 24 neurons.
std::string memory_of_states(std::size_t neurons) {
  if (neurons < 27) return fmt::format("{} MiB", std::uint64_t{1} << (neurons - 17));
  if (neurons < 60) return fmt::format("{} GiB", std::uint64_t{1} << (neurons - 27));
  return fmt::format("2^{} GiB", neurons - 27);
}

std::optional<Error> check_arguments(const Tensor& weights, const Tensor& biases) {
  if (weights.rank() != 2 || weights.shape()[0] != weights.shape()[1] || weights.size() == 0) {
    return Error{
        fmt::format("the weights are a square matrix, not {}", print_shape(weights.shape())), 0};
  }
  const std::size_t neurons = weights.shape()[0];
  if (biases.shape() != Shape{neurons}) {
    return Error{fmt::format("{} neurons have biases of shape [{}], not {}", neurons, neurons,
                             print_shape(biases.shape())),
                 1};
  }
  if (neurons > kMostCountedNeurons) {
    return Error{
        fmt::format("{} neurons have 2^{} states, which need {}: at most {} neurons are enumerated",
                    neurons, neurons, memory_of_states(neurons), kMostCountedNeurons),
        0};
  }
  if (!all_finite(weights)) return Error{"a weight is not finite", 0};
  if (!all_finite(biases)) return Error{"a bias is not finite", 1};
  return std::nullopt;
}

// What neuron i adds to the exponent of a state in which it is the last active one: its bias and
// half its own weight, plus the mean of both weights for every other active neuron.
double contribution(const Tensor& weights, const Tensor& biases, std::size_t neuron,
                    std::uint64_t others) {
  const std::size_t neurons = biases.size();
  double sum = biases[neuron] + 0.5 * weights.at(neuron, neuron);
  for (std::size_t other = 0; other < neuron; ++other) {
    if ((others & state_bit(other, neurons)) == 0) continue;
    sum += 0.5 * (weights.at(neuron, other) + weights.at(other, neuron));
  }
  return sum;
}

// Each exponent from that of the state without its last neuron: at most n additions, whatever the
// state.
std::vector<double> exponents(const Tensor& weights, const Tensor& biases) {
  const std::size_t neurons = biases.size();
  std::vector<double> exponent(std::size_t{1} << neurons, 0.0);
  for (std::uint64_t state = 1; state < exponent.size(); ++state) {
    const std::uint64_t others = state & (state - 1);
    const std::size_t last = neurons - 1 - static_cast<std::size_t>(std::countr_zero(state));
    exponent[state] = exponent[others] + contribution(weights, biases, last, others);
  }
  return exponent;
}

// exp(e - largest) / sum: no overflow whatever the weights.
Tensor normalised(std::vector<double> exponent) {
  const double largest = *std::max_element(exponent.begin(), exponent.end());
  for (double& value : exponent) value = math::exp(value - largest);
  const double total = sum_of(exponent);
  for (double& value : exponent) value /= total;
  return Tensor::vector(std::move(exponent));
}

// <z_i z_j> for j >= i, each a sum over states in the order of eight partial sums. Nothing once it
// is cancelled.
std::optional<std::vector<sum::EightSums<double>>> pair_sums(const Tensor& probabilities,
                                                             std::size_t neurons, Watch watch) {
  std::vector<sum::EightSums<double>> sums(neurons * neurons);
  std::vector<std::size_t> active;
  for (std::uint64_t state = 1; state < probabilities.size(); ++state) {
    if (watch.is_cancelled_at(state)) return std::nullopt;
    active.clear();
    for (std::size_t i = 0; i < neurons; ++i) {
      if ((state & state_bit(i, neurons)) != 0) active.push_back(i);
    }
    for (auto i = active.begin(); i != active.end(); ++i) {
      for (auto j = i; j != active.end(); ++j)
        sums[*i * neurons + *j].add(state, probabilities[state]);
    }
  }
  return sums;
}

}  // namespace

Result<Boltzmann> boltzmann(const Tensor& weights, const Tensor& biases, Watch watch) {
  if (const auto error = check_arguments(weights, biases)) return *error;
  const std::size_t neurons = biases.size();
  Boltzmann result{normalised(exponents(weights, biases)), Tensor(Shape{neurons}),
                   Tensor(Shape{neurons, neurons})};
  const auto sums = pair_sums(result.probabilities, neurons, watch);
  if (!sums) return cancelled_error();
  for (std::size_t i = 0; i < neurons; ++i) {
    for (std::size_t j = i; j < neurons; ++j) {
      result.coactivation.at(i, j) = result.coactivation.at(j, i) =
          (*sums)[i * neurons + j].total();
    }
    result.marginals[i] = result.coactivation.at(i, i);
  }
  return result;
}

}  // namespace bouton::runtime
