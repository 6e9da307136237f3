#include "compiler/diagnostics/foreign_words.h"

#include <array>

namespace bouton::diagnostics {

namespace {

struct ForeignWord {
  std::string_view word;
  WordPlace place;
  std::string_view hint;
};

using enum WordPlace;

constexpr std::string_view kRun = "an experiment is run by `run 1 s`";
constexpr std::string_view kBound = "a weight is kept in an interval by `bound w in [0, 1]`";
constexpr std::string_view kObserve =
    "variables are observed in a run: `run 1 s observing { u = samples(z.u) every 1 ms }`";
constexpr std::string_view kSpike = "spikes are declared by `spike when V > V_th { V = V_reset }`";
constexpr std::string_view kDelay = "delays have names: `axonal`, `dendritic` and `backprop`";
constexpr std::string_view kPopulation = "neurons are declared by `population z[10]: Neuron()`";
constexpr std::string_view kProjection =
    "synapses are declared by `projection W: z -> z.I, via Synapse()`";

constexpr std::string_view kSteps =
    "loops and axes go in equal steps by `0 .. 1 by 0.1`; elsewhere write the numbers as a list";
constexpr std::string_view kNoise = "a noise is declared: `noise xi: white`";
constexpr std::string_view kTruth = "truth values are `true` and `false`";

constexpr auto kWords = std::to_array<ForeignWord>({
    {"simulate", Statement, kRun},
    {"sim", Statement, kRun},
    {"clip", Item, kBound},
    {"bounds", Item, kBound},
    {"clamp", Item, kBound},
    {"threshold", Item, kSpike},
    {"reset", Item, kSpike},
    {"fire", Item, kSpike},
    {"monitor", Statement, kObserve},
    {"observe", Statement, kObserve},
    {"create", Statement, kPopulation},
    {"neurons", Statement, kPopulation},
    {"connect", Statement, kProjection},
    {"synapses", Statement, kProjection},
    {"while", Statement, "a loop goes through values: `for i in 1 .. 10 { … }`, left by `break`"},
    {"repeat", Statement, "a loop goes through values: `for i in 1 .. 10 { … }`"},
    {"continue", Statement, "put what a turn may leave out into an `if`"},
    {"dt", Statement, "the time step is given by `timestep 1 ms`"},
    {"delay", Clause, kDelay},
    {"plastic", Clause, "rules stand in a clause `learning Rule()`"},
    {"rule", Clause, "rules stand in a clause `learning Rule()`"},
    {"synapse", Clause, "the synapse type stands in a clause `via Synapse()`"},
    {"range", Function, "a loop counts from 0 to n - 1 by `for i in 0 .. n - 1`"},
    {"len", Function, "the number of elements is `length(x)`"},
    {"log", Function, "the natural logarithm is `ln(x)`"},
    {"sigmoid", Function, "it is called `logistic(x)`"},
    {"relu", Function, "write `max(0, x)`"},
    {"heaviside", Function, "write `if x > 0: 1 else: 0`"},
    {"zeros", Function, "a number stands for all elements of an array: `W.w = 0`"},
    {"ones", Function, "a number stands for all elements of an array: `W.w = 1`"},
    {"randn", Function, "random numbers are `normal(mean, deviation, shape)`"},
    {"rand", Function, "random numbers are `uniform(low, high, shape)`"},
    {"random", Function, "random numbers are `uniform(low, high, shape)`"},
    {"dot", Function, "the product of matrices is `matmul(A, B)`"},
    {"pow", Function, "powers are written `x^2`"},
    {"clip", Function, "write `min(max(x, low), high)`"},
    {"ceil", Function, "write `-floor(-x)`"},
    {"size", Function, "the number of elements is `length(x)`"},
    {"std", Function, "write `sqrt(variance(x))`"},
    {"linspace", Function, kSteps},
    {"arange", Function, kSteps},
    {"xi", Value, kNoise},
    {"noise", Value, kNoise},
    {"pi", Value, "write 3.141592653589793"},
    {"True", Value, kTruth},
    {"False", Value, kTruth},
    {"lastspike", Value, "the time since a neuron's last spike is `since_spike`"},
});

}  // namespace

std::string hint_about_foreign_word(std::string_view word, WordPlace place) {
  for (const ForeignWord& known : kWords)
    if (known.word == word && known.place == place) return std::string(known.hint);
  return "";
}

}  // namespace bouton::diagnostics
