#include "compiler/launch/failures.h"

namespace bouton::launch {

bool report_failures(Session& session, std::span<const runtime::ReplicaOutcome> outcomes) {
  bool sound = true;
  for (const runtime::ReplicaOutcome& outcome : outcomes) {
    for (const runtime::Expectation& expectation : outcome.expectations) {
      if (expectation.result.met) continue;
      sound = false;
      const source::Span span{expectation.place.file, expectation.place.begin,
                              expectation.place.end};
      session.diagnostics.report(diagnostics::Kind::ExpectationNotMet, span,
                                 {expectation.result.figures});
    }
    if (!outcome.problem) continue;
    sound = false;
    if (outcome.problem->message == runtime::kCancelled) continue;  // said once for all
    const runtime::Place& place = outcome.problem->place;
    session.diagnostics
        .report(diagnostics::Kind::RunFailed, {place.file, place.begin, place.end},
                {outcome.problem->message})
        .hint(outcome.problem->hint);
  }
  return sound;
}

}  // namespace bouton::launch
