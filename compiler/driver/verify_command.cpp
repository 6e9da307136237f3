#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/interpreted.h"
#include "compiler/driver/replicas.h"
#include "compiler/launch/console.h"
#include "runtime/analysis/result_hash.h"

namespace bouton::driver {

namespace {

std::size_t count_met(const runtime::ReplicaOutcome& outcome) {
  std::size_t met = 0;
  for (const runtime::Expectation& expectation : outcome.expectations)
    met += expectation.result.met ? 1 : 0;
  return met;
}

bool succeeded(const runtime::ReplicaOutcome& outcome) {
  return !outcome.problem && count_met(outcome) == outcome.expectations.size();
}

void print_outcome(const char* how, const runtime::ReplicaOutcome& outcome) {
  fmt::print("  {:<11} {}  {} of {} expectations met\n", how, succeeded(outcome) ? "pass" : "FAIL",
             count_met(outcome), outcome.expectations.size());
  for (const runtime::Expectation& expectation : outcome.expectations)
    fmt::print("              {} {}\n", expectation.result.met ? "-" : "!",
               expectation.result.figures);
  if (outcome.problem) fmt::print("              ! {}\n", outcome.problem->message);
}

// The same rows and the same expectations, with the same figures.
bool same(const runtime::ReplicaOutcome& a, const runtime::ReplicaOutcome& b) {
  if (runtime::hash_results(a.results) != runtime::hash_results(b.results)) return false;
  if (a.expectations.size() != b.expectations.size()) return false;
  for (std::size_t i = 0; i < a.expectations.size(); ++i)
    if (a.expectations[i].result.figures != b.expectations[i].result.figures) return false;
  return true;
}

bool verify_block(Session& session, const model::Program& program, model::ExperimentId id,
                  const RunOptions& options) {
  const auto network = bind(session, program, id, options);
  if (!network) return false;
  launch::Console console(true, 1);
  const auto compiled = run_replicas(session, *network, options, console);
  if (!compiled) return false;
  const runtime::ReplicaOutcome interpreted = interpret_network(*network, {});
  fmt::print("{}\n", program.experiments[id].name);
  print_outcome("compiled", compiled->front());
  print_outcome("interpreted", interpreted);
  const bool equal = same(compiled->front(), interpreted);
  fmt::print("  {:<11} {}\n", "agreement", equal ? "pass" : "FAIL");
  return succeeded(compiled->front()) && succeeded(interpreted) && equal;
}

}  // namespace

int verify(const VerifyOptions& options) {
  Session session;
  const auto program = check_file(session, options.file);
  if (!program) {
    launch::print_messages(session);
    return kProgramErrors;
  }
  RunOptions run_options;
  run_options.file = options.file;
  run_options.precision = options.precision;
  bool all = true;
  std::size_t blocks = 0;
  for (const model::ExperimentId id : program->experiments.ids()) {
    if (!program->experiments[id].is_verify) continue;
    ++blocks;
    all &= verify_block(session, *program, id, run_options);
  }
  launch::print_messages(session);
  fmt::print("{} verify blocks{}\n", blocks, all ? "" : ", not all of them passed");
  if (session.diagnostics.has_errors()) return kProgramErrors;
  return all ? kSuccess : kRunFailed;
}

}  // namespace bouton::driver
