// Random numbers per element: Philox words to doubles, eight lanes at a time.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/random/draws.h"
#include "runtime/random/uniform.h"

namespace bouton::bench {
namespace {

namespace math = runtime::math;
namespace random = runtime::random;
using Words = math::Vector<std::uint64_t, 8>;
using Reals = math::Vector<double, 8>;

constexpr std::size_t kLanes = 8;
constexpr std::size_t kVectors = 512;  // of results

Words all(std::uint64_t word) { return Words{} + word; }

void report(benchmark::State& state) {
  state.counters["per_element"] =
      benchmark::Counter(kLanes * kVectors, benchmark::Counter::kIsIterationInvariantRate |
                                                benchmark::Counter::kInvert);
}

// `fill` writes all results for one ordinal.
template <class Fill>
void measure(benchmark::State& state, Fill fill) {
  std::vector<Reals> results(kVectors);
  std::uint64_t ordinal = 0;
  for (auto _ : state) {
    fill(results, all(++ordinal));
    benchmark::DoNotOptimize(results.data());
    benchmark::ClobberMemory();
  }
  report(state);
}

// All four words of each block: what one-word draws of neighbouring neurons share.
void fill_from_blocks(std::vector<Reals>& results, Words ordinal) {
  for (std::size_t i = 0; i < kVectors; i += 4) {
    const Words block = Words{0, 1, 2, 3, 4, 5, 6, 7} + i * 2;
    const auto drawn = random::draw_block<Words>(all(7), all(11), block, ordinal);
    for (std::size_t word = 0; word < 4; ++word)
      results[i + word] = random::spike_uniform(drawn.word[word]);
  }
}

template <class Number>
void fill_one_by_one(std::vector<Reals>& results, Words ordinal, Number number) {
  for (std::size_t i = 0; i < kVectors; ++i)
    results[i] = number(Words{0, 1, 2, 3, 4, 5, 6, 7} + i * kLanes, ordinal);
}

void measure_blocks(benchmark::State& state) { measure(state, fill_from_blocks); }
BENCHMARK(measure_blocks)->Name("random/philox_to_double/four_of_a_block");

void measure_words(benchmark::State& state) {
  measure(state, [](auto& results, Words ordinal) {
    fill_one_by_one(results, ordinal, [](Words element, Words step) {
      return random::spike_uniform(random::draw_word<Words>(all(7), all(11), element, step));
    });
  });
}
BENCHMARK(measure_words)->Name("random/philox_to_double/one_of_a_block");

void measure_normal(benchmark::State& state) {
  measure(state, [](auto& results, Words ordinal) {
    fill_one_by_one(results, ordinal, [](Words element, Words step) {
      return random::standard_normal(random::draw_two_words<Words>(all(7), all(11), element, step));
    });
  });
}
BENCHMARK(measure_normal)->Name("random/standard_normal");

}  // namespace
}  // namespace bouton::bench
