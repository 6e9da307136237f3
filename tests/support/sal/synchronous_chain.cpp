#include "tests/support/sal/synchronous_chain.h"

#include <algorithm>
#include <cmath>

namespace bouton::numeric {

namespace {

// A joint state of the chain is a number in base tau + 1 with one digit per neuron, the first
// neuron's the most significant: time since the last spike less one, or tau if it is longer ago.
struct Chain {
  const BoltzmannMachine& machine;
  int tau;

  std::size_t neurons() const { return machine.biases.size(); }
  std::size_t states() const {
    std::size_t count = 1;
    for (std::size_t i = 0; i < neurons(); ++i) count *= static_cast<std::size_t>(tau) + 1;
    return count;
  }
  std::vector<int> digits_of(std::size_t state) const {
    std::vector<int> digits(neurons());
    for (std::size_t i = neurons(); i-- > 0;) {
      digits[i] = static_cast<int>(state % (static_cast<std::size_t>(tau) + 1));
      state /= static_cast<std::size_t>(tau) + 1;
    }
    return digits;
  }
  bool is_active(int digit) const { return digit < tau; }
  double spike_probability(const std::vector<int>& digits, std::size_t i) const {
    if (digits[i] < tau - 1) return 0;  // refractory
    double u = machine.biases[i];
    for (std::size_t j = 0; j < neurons(); ++j)
      if (is_active(digits[j])) u += machine.weights.at(i, j);
    return 1 / (1 + tau * std::exp(-u));
  }
};

struct Transition {
  std::size_t from;
  std::size_t to;
  double probability;
};

// Adds one transition for each set of neurons that may fire together.
void add_transitions(const Chain& chain, std::size_t from, std::vector<Transition>& transitions) {
  const std::vector<int> digits = chain.digits_of(from);
  for (std::size_t firing = 0; firing < std::size_t{1} << chain.neurons(); ++firing) {
    Transition next{from, 0, 1};
    for (std::size_t i = 0; i < chain.neurons(); ++i) {
      const double p = chain.spike_probability(digits, i);
      const bool fires = (firing >> i & 1U) != 0;
      next.probability *= fires ? p : 1 - p;
      const int digit = fires ? 0 : std::min(digits[i] + 1, chain.tau);
      next.to =
          next.to * (static_cast<std::size_t>(chain.tau) + 1) + static_cast<std::size_t>(digit);
    }
    if (next.probability > 0) transitions.push_back(next);
  }
}

std::vector<double> stationary_distribution(const Chain& chain) {
  std::vector<Transition> transitions;
  for (std::size_t state = 0; state < chain.states(); ++state)
    add_transitions(chain, state, transitions);
  std::vector<double> now(chain.states(), 0.0);
  now.back() = 1;  // silent
  for (double change = 1; change > 1e-13;) {
    std::vector<double> next(now.size(), 0.0);
    for (const Transition& one : transitions) next[one.to] += now[one.from] * one.probability;
    change = 2 * total_variation(now, next);
    now = std::move(next);
  }
  return now;
}

}  // namespace

std::vector<double> synchronous_distribution(const BoltzmannMachine& machine, int tau) {
  const Chain chain{machine, tau};
  const std::vector<double> stationary = stationary_distribution(chain);
  std::vector<double> distribution(std::size_t{1} << chain.neurons(), 0.0);
  for (std::size_t state = 0; state < stationary.size(); ++state) {
    std::size_t active = 0;
    for (const int digit : chain.digits_of(state))
      active = 2 * active + (chain.is_active(digit) ? 1U : 0U);
    distribution[active] += stationary[state];
  }
  return distribution;
}

std::vector<double> boltzmann_distribution(const BoltzmannMachine& machine) {
  const std::size_t neurons = machine.biases.size();
  std::vector<double> p(std::size_t{1} << neurons);
  double sum = 0;
  for (std::size_t state = 0; state < p.size(); ++state) {
    double exponent = 0;
    for (std::size_t i = 0; i < neurons; ++i) {
      if ((state >> (neurons - 1 - i) & 1U) == 0) continue;
      exponent += machine.biases[i];
      for (std::size_t j = 0; j < neurons; ++j)
        if ((state >> (neurons - 1 - j) & 1U) != 0) exponent += machine.weights.at(i, j) / 2;
    }
    p[state] = std::exp(exponent);
    sum += p[state];
  }
  for (double& one : p) one /= sum;
  return p;
}

double total_variation(const std::vector<double>& p, const std::vector<double>& q) {
  double sum = 0;
  for (std::size_t i = 0; i < p.size(); ++i) sum += std::abs(p[i] - q[i]) / 2;
  return sum;
}

}  // namespace bouton::numeric
