// The functions of runtime/bitcode/functions.def that compute with real numbers, per element: one
// at a time, and in the widest vectors. Arguments are spread over 0.1 … 3.
#include "runtime/math/math.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <vector>

namespace bouton::bench {
namespace {

namespace math = runtime::math;

constexpr std::size_t kElements = 4096;

template <class V>
std::vector<V> make_arguments() {
  using Element = math::ElementOf<V>;
  constexpr auto width = static_cast<std::size_t>(math::width_of<V>);
  std::vector<V> arguments(kElements / width);
  auto* element = reinterpret_cast<Element*>(arguments.data());
  for (std::size_t i = 0; i < kElements; ++i)
    element[i] = static_cast<Element>(0.1) + static_cast<Element>(2.9) *
                                                 static_cast<Element>(i * 37 % kElements) /
                                                 static_cast<Element>(kElements);
  return arguments;
}

template <class V, class Function>
void measure(benchmark::State& state, Function function) {
  const std::vector<V> arguments = make_arguments<V>();
  std::vector<V> results(arguments.size());
  for (auto _ : state) {
    for (std::size_t i = 0; i < arguments.size(); ++i) results[i] = function(arguments[i]);
    benchmark::DoNotOptimize(results.data());
    benchmark::ClobberMemory();
  }
  state.counters["per_element"] = benchmark::Counter(
      kElements, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

template <class Function>
void add_benchmarks(const std::string& name, Function function) {
  const auto add = [&]<class V>(const char* shape, V /*type*/) {
    benchmark::RegisterBenchmark(
        ("math/" + name + "/" + shape).c_str(),
        [function](benchmark::State& state) { measure<V>(state, function); });
  };
  add("double", double{});
  add("double_x8", math::Vector<double, 8>{});
  add("float_x16", math::Vector<float, 16>{});
}

// Of two arguments, the second one is constant.
template <int arity, class OfOne, class OfTwo>
void add_function(const std::string& name, OfOne of_one, OfTwo of_two) {
  if constexpr (arity == 1)
    add_benchmarks(name, of_one);
  else
    add_benchmarks(name, of_two);
}

// What one double takes with the C library.
void measure_library_exp(benchmark::State& state) {
  measure<double>(state, [](double x) { return std::exp(x); });
}
BENCHMARK(measure_library_exp)->Name("math/exp/double_of_the_C_library");

const bool kAdded = [] {
#define BOUTON_REAL_FUNCTION(space, name, arity)           \
  add_function<arity>(                                     \
      #name, [](const auto& x) { return space::name(x); }, \
      [](const auto& x) { return space::name(x, std::decay_t<decltype(x)>{x + 1}); });
#define BOUTON_LANE_FUNCTION(space, name, in, out, arity)
#define BOUTON_BLOCK_FUNCTION(space, name, in, out, arity)
#include "runtime/bitcode/functions.def"
  return true;
}();

}  // namespace
}  // namespace bouton::bench
