// What `bouton verify` finds: one check per expectation of a verify block, and one for the
// agreement of compiled and interpreted code.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/pipeline.h"
#include "runtime/host/outcome.h"

namespace bouton::driver {

struct Check {
  // Error: the program has errors, or cannot be compiled yet. NotCompared: there was nothing to
  // compare, since nothing was recorded or printed.
  enum class Verdict { Pass, Fail, Error, NotCompared };
  std::string block;
  std::string what;
  std::string expected, actual, difference, allowed;
  Verdict verdict = Verdict::Fail;
};

// The two ways in which an experiment is run. A test puts another in the place of one of them.
struct Ways {
  // Nothing if an error was reported.
  std::function<std::optional<runtime::ReplicaOutcome>(
      Session& session, const elaborate::Network& network, const runtime::Listener& listener)>
      compiled;
  std::function<runtime::ReplicaOutcome(const elaborate::Network& network,
                                        const runtime::Listener& listener)>
      interpreted;
};
// `cache` may be null.
[[nodiscard]] Ways both_ways(cache::CodeCache* cache = nullptr);

// The verify blocks, then the experiments, whose names have the options' filter in them. Reported
// if there are none.
[[nodiscard]] std::vector<model::ExperimentId> choose_to_verify(Session& session,
                                                                const model::Program& program,
                                                                const VerifyOptions& options);

// Checks of one verify block. Unmet expectations and run-time errors are reported too.
[[nodiscard]] std::vector<Check> verify_block(Session& session, const model::Program& program,
                                              model::ExperimentId block,
                                              const VerifyOptions& options, const Ways& ways);

// The agreement of compiled and interpreted code on an experiment: on its short form, up to
// a number of steps, unless the options ask for all of it.
[[nodiscard]] std::vector<Check> verify_experiment(Session& session, const model::Program& program,
                                                   model::ExperimentId experiment,
                                                   const VerifyOptions& options, const Ways& ways);

// `bouton verify` with these ways; returns the exit code.
[[nodiscard]] int verify(const VerifyOptions& options, const Ways& ways);

}  // namespace bouton::driver
