
#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/base/text_table.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/kept_code.h"
#include "compiler/driver/verification.h"
#include "compiler/launch/console.h"
#include "compiler/launch/report.h"
#include "compiler/launch/streams.h"

namespace bouton::driver {

namespace {

using Verdict = Check::Verdict;

const char* print_verdict(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass:
      return "pass";
    case Verdict::Fail:
      return "FAIL";
    case Verdict::Error:
      return "ERROR";
    case Verdict::NotCompared:
      return "nothing recorded";
  }
  BOUTON_UNREACHABLE("verdict of a check");
}

std::string print_checks(const std::vector<Check>& checks) {
  using Align = TextTable::Align;
  TextTable table(
      {Align::Left, Align::Left, Align::Left, Align::Left, Align::Left, Align::Left, Align::Left});
  table.add({"block", "check", "expected", "got", "difference", "allowed", "verdict"});
  std::string block;
  for (const Check& check : checks) {
    table.add({check.block == block ? "" : check.block, check.what, check.expected, check.actual,
               check.difference, check.allowed, print_verdict(check.verdict)});
    block = check.block;
  }
  return table.print(0);
}

std::ptrdiff_t count(const std::vector<Check>& checks, Verdict verdict) {
  return std::ranges::count(checks, verdict, &Check::verdict);
}

std::string print_counts(const std::vector<Check>& checks) {
  const auto number = [&](Verdict verdict) { return count(checks, verdict); };
  std::string text =
      fmt::format("{} check{}: {} passed, {} failed", checks.size(), checks.size() == 1 ? "" : "s",
                  number(Verdict::Pass), number(Verdict::Fail) + number(Verdict::Error));
  if (const auto open = number(Verdict::NotCompared); open > 0)
    text += fmt::format(", {} with nothing to compare", open);
  return text + "\n";
}

// Parameters are those of experiments: where none is verified, they would say nothing.
bool take_parameters(const model::Program& program, const std::vector<model::ExperimentId>& chosen,
                     const VerifyOptions& options) {
  const bool any_experiment = std::ranges::any_of(
      chosen, [&](model::ExperimentId id) { return !program.experiments[id].is_verify; });
  if (options.parameters.empty() || any_experiment) return true;
  launch::print_error("error: `verify` blocks have no parameters: `--param {}` would do nothing\n",
                      options.parameters.front());
  return false;
}

}  // namespace

int verify(const VerifyOptions& options) {
  KeptCode kept(options.cache);
  return verify(options, both_ways(kept.cache()));
}

int verify(const VerifyOptions& options, const Ways& ways) {
  Session session;
  const auto program = check_file(session, options.file);
  if (!program) return launch::finish(session, kProgramErrors);
  const std::vector<model::ExperimentId> chosen = choose_to_verify(session, *program, options);
  if (chosen.empty()) return launch::finish(session, kProgramErrors);
  if (!take_parameters(*program, chosen, options))
    return launch::finish(session, launch::kWrongUsage);
  launch::listen_for_interrupts();
  std::vector<Check> checks;
  for (const model::ExperimentId id : chosen) {
    const bool is_block = program->experiments[id].is_verify;
    const std::vector<Check> found = is_block
                                         ? verify_block(session, *program, id, options, ways)
                                         : verify_experiment(session, *program, id, options, ways);
    checks.insert(checks.end(), found.begin(), found.end());
    if (launch::was_interrupted()) break;
  }
  launch::print_messages(session);
  launch::print("{}\n{}", print_checks(checks), print_counts(checks));
  if (launch::was_interrupted()) return kInterrupted;
  if (count(checks, Verdict::Error) > 0) return kProgramErrors;
  return count(checks, Verdict::Fail) > 0 ? kRunFailed : kSuccess;
}

}  // namespace bouton::driver
