#include "tests/support/sal/ways.h"

#include "compiler/diagnostics/render.h"
#include "compiler/driver/interpreted.h"
#include "compiler/driver/pipeline.h"
#include "runtime/analysis/result_hash.h"
#include "runtime/host/execute.h"

namespace bouton::numeric {

namespace {

codegen::Options options_of(int width, int level) {
  codegen::Options options;
  options.width = width;
  options.optimisation_level = level;
  return options;
}

runtime::ReplicaOutcome compile_and_run(const elaborate::Network& network,
                                        const codegen::Options& options) {
  driver::Session session;
  const auto plan = driver::plan_of(session, network);
  std::optional<driver::Executable> executable;
  if (plan) executable = driver::compile(session, *plan, network.source_directory, options);
  if (!executable) {
    ADD_FAILURE() << diagnostics::render_text(session.diagnostics, session.sources);
    return {};
  }
  const runtime::Code code{&executable->code.layout, &executable->code.advance,
                           &executable->code.kernels};
  auto outcomes = runtime::execute(executable->program, code, {0, {network.seed}}, {});
  EXPECT_TRUE(outcomes && outcomes->size() == 1);
  return outcomes ? std::move(outcomes->front()) : runtime::ReplicaOutcome{};
}

std::string print_expectations(const runtime::ReplicaOutcome& outcome) {
  std::string text;
  for (const auto& expectation : outcome.expectations)
    text += (expectation.result.met ? "passed: " : "failed: ") + expectation.result.figures + "\n";
  return text;
}

void expect_same(const runtime::ReplicaOutcome& actual, const runtime::ReplicaOutcome& expected) {
  EXPECT_EQ(runtime::print_hash(runtime::hash_results(actual.results)),
            runtime::print_hash(runtime::hash_results(expected.results)));
  EXPECT_EQ(print_expectations(actual), print_expectations(expected));
  EXPECT_EQ(actual.steps, expected.steps);
}

}  // namespace

std::vector<Way> all_ways() {
  return {{"Interpreted", std::nullopt, true},
          {"CompiledWithWidth1", options_of(1, 3), true},
          {"CompiledWithWidth8", options_of(8, 3), true},
          {"CompiledUnoptimised", options_of(8, 0), true}};
}

Way compiled_only() { return {"Compiled", options_of(8, 3), false}; }

runtime::ReplicaOutcome execute(const Way& way, const elaborate::Network& network) {
  runtime::ReplicaOutcome interpreted;
  if (!way.compiled || way.is_compared) interpreted = driver::interpret_network(network, {});
  EXPECT_FALSE(interpreted.problem) << interpreted.problem->message;
  if (!way.compiled) return interpreted;
  runtime::ReplicaOutcome compiled = compile_and_run(network, *way.compiled);
  EXPECT_FALSE(compiled.problem) << compiled.problem->message;
  if (way.is_compared) expect_same(compiled, interpreted);
  return compiled;
}

}  // namespace bouton::numeric
