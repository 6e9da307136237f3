#include "compiler/launch/failures.h"

#include <fmt/format.h>

namespace bouton::launch {

bool report_failures(Session& session, std::span<const runtime::ReplicaOutcome> outcomes,
                     const NameReplica& name_of) {
  bool sound = true;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const runtime::ReplicaOutcome& outcome = outcomes[i];
    const std::string which = outcomes.size() > 1 ? name_of(i) + ": " : "";
    for (const runtime::Expectation& expectation : outcome.expectations) {
      if (expectation.result.met) continue;
      sound = false;
      const source::Span span{expectation.place.file, expectation.place.begin,
                              expectation.place.end};
      session.diagnostics.report(diagnostics::Kind::ExpectationNotMet, span,
                                 {which + expectation.result.figures});
    }
    if (!outcome.problem) continue;
    sound = false;
    if (outcome.problem->cancelled) continue;  // said once for all
    const runtime::Place& place = outcome.problem->place;
    session.diagnostics
        .report(diagnostics::Kind::RunFailed, {place.file, place.begin, place.end},
                {which + outcome.problem->message})
        .hint(outcome.problem->hint);
  }
  return sound;
}

NameReplica name_by_seed(std::uint64_t first_seed) {
  return [first_seed](std::size_t replica) { return fmt::format("seed {}", first_seed + replica); };
}

}  // namespace bouton::launch
