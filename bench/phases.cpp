// What each phase of the compiler takes for the main example, standard library included.
#include <benchmark/benchmark.h>

#include "bench/compiled.h"
#include "compiler/check/check.h"
#include "compiler/load/load_program.h"

namespace bouton::bench {
namespace {

const Source kExample = {"examples/02_sampling_sal/main.bouton", ""};

// All that the phases make of the example, for the phase that is measured.
struct Phases {
  driver::Session session;
  std::vector<ast::File> files;
  model::Program program;
  elaborate::Network network;
  plan::Plan plan;

  Phases()
      : files(parse(session)),
        program(check(session, files)),
        network(elaborate_source(session, program, kExample)),
        plan(lower(session, network)) {}

  static std::vector<ast::File> parse(driver::Session& session) {
    auto files = load::load_program(path_of(kExample.file), session.sources, session.diagnostics);
    if (!files) give_up(session);
    return *std::move(files);
  }
  static model::Program check(driver::Session& session, const std::vector<ast::File>& files) {
    auto program = check::check(files, session.diagnostics);
    if (!program) give_up(session);
    return *std::move(program);
  }
  static plan::Plan lower(driver::Session& session, const elaborate::Network& network) {
    auto plan = driver::plan_of(session, network);
    if (!plan) give_up(session);
    return *std::move(plan);
  }
};

void measure_parse(benchmark::State& state) {
  for (auto _ : state) {
    driver::Session session;
    benchmark::DoNotOptimize(Phases::parse(session));
  }
}
BENCHMARK(measure_parse)->Name("phase/parse")->Unit(benchmark::kMillisecond);

void measure_check(benchmark::State& state) {
  Phases phases;
  for (auto _ : state) benchmark::DoNotOptimize(Phases::check(phases.session, phases.files));
}
BENCHMARK(measure_check)->Name("phase/check")->Unit(benchmark::kMillisecond);

void measure_elaborate(benchmark::State& state) {
  Phases phases;
  for (auto _ : state)
    benchmark::DoNotOptimize(elaborate_source(phases.session, phases.program, kExample));
}
BENCHMARK(measure_elaborate)->Name("phase/elaborate")->Unit(benchmark::kMillisecond);

void measure_lower(benchmark::State& state) {
  Phases phases;
  for (auto _ : state) benchmark::DoNotOptimize(Phases::lower(phases.session, phases.network));
}
BENCHMARK(measure_lower)->Name("phase/lower_and_passes")->Unit(benchmark::kMillisecond);

// At optimisation level 0 … 3.
void measure_codegen(benchmark::State& state) {
  Phases phases;
  codegen::Options options;
  options.optimisation_level = static_cast<int>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(codegen::compile(phases.plan, options));
}
BENCHMARK(measure_codegen)
    ->Name("phase/codegen/level")
    ->Arg(0)
    ->Arg(3)
    ->Unit(benchmark::kMillisecond);

void measure_text_to_native_code(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Compiled(kExample));
}
BENCHMARK(measure_text_to_native_code)
    ->Name("phase/text_to_native_code")
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bouton::bench
