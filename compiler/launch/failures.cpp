#include "compiler/launch/failures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

namespace bouton::launch {

namespace {

using Outcomes = std::span<const runtime::ReplicaOutcome>;

bool is_reported(const runtime::ReplicaOutcome& outcome) {
  return outcome.problem && !outcome.problem->cancelled;  // a cancellation is said once for all
}

// What replicas say alike, and how many of them.
using Saying = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string, std::string>;
using Sayings = std::map<Saying, std::size_t>;

Saying saying_of(const runtime::Problem& problem) {
  const runtime::Place& place = problem.place;
  return {place.file, place.begin, place.end, problem.message, problem.hint};
}

Sayings count_sayings(Outcomes outcomes) {
  Sayings sayings;
  for (const runtime::ReplicaOutcome& outcome : outcomes)
    if (is_reported(outcome)) ++sayings[saying_of(*outcome.problem)];
  return sayings;
}

void report_unmet(Session& session, const runtime::ReplicaOutcome& outcome,
                  const std::string& which) {
  for (const runtime::Expectation& expectation : outcome.expectations) {
    if (expectation.result.met) continue;
    const runtime::Place& place = expectation.place;
    session.diagnostics.report(diagnostics::Kind::ExpectationNotMet,
                               {place.file, place.begin, place.end},
                               {which + expectation.result.figures});
  }
}

// In the name of all that say so, who are done then.
void report_problem(Session& session, const runtime::Problem& problem, std::string which,
                    Sayings& left) {
  const auto said = left.extract(saying_of(problem));
  if (said.empty()) return;
  if (said.mapped() > 1) which += fmt::format(" and {} more", said.mapped() - 1);
  if (!which.empty()) which += ": ";
  const runtime::Place& place = problem.place;
  session.diagnostics
      .report(diagnostics::Kind::RunFailed, {place.file, place.begin, place.end},
              {which + problem.message})
      .hint(problem.hint);
}

}  // namespace

bool report_failures(Session& session, Outcomes outcomes, const NameReplica& name_of) {
  bool sound = true;
  Sayings left = count_sayings(outcomes);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const std::string name = outcomes.size() > 1 ? name_of(i) : "";
    report_unmet(session, outcomes[i], name.empty() ? "" : name + ": ");
    if (is_reported(outcomes[i])) report_problem(session, *outcomes[i].problem, name, left);
    sound = sound && !outcomes[i].problem &&
            std::ranges::all_of(outcomes[i].expectations,
                                [](const auto& each) { return each.result.met; });
  }
  return sound;
}

NameReplica name_by_seed(std::uint64_t first_seed) {
  return [first_seed](std::size_t replica) { return fmt::format("seed {}", first_seed + replica); };
}

}  // namespace bouton::launch
