#include "compiler/base/match.h"
#include "compiler/elaborate/dump_parts.h"
#include "compiler/model/dump.h"

namespace bouton::elaborate {

namespace {

std::string dump_learner(const Phase::Learner& learner, const Network& network) {
  const Projection& projection = network.projections[learner.projection];
  std::string text = "learn " + projection.name;
  if (learner.rule) text += "." + projection.rules[*learner.rule].name;
  if (learner.after)
    text += " after " + model::dump(*network.program, network.source(), *learner.after);
  return text;
}

}  // namespace

void dump_phase(const Phase& phase, const Network& network, model::Outline& outline) {
  outline.line("phase " + phase.name);
  outline.nested([&] {
    for (const Phase::Learner& learner : phase.learners)
      outline.line(dump_learner(learner, network));
    for (const auto& silenced : phase.silenced)
      outline.line("silence " + match(
                                    silenced,
                                    [&](PopulationId id) { return network.populations[id].name; },
                                    [&](ProjectionId id) { return network.projections[id].name; }));
    outline.block(
        model::dump(*network.program, network.source(), phase.assignments, outline.depth()));
  });
}

}  // namespace bouton::elaborate
