#include "compiler/elaborate/phases.h"

#include <algorithm>

#include "compiler/elaborate/members.h"
#include "compiler/elaborate/owners.h"
#include "compiler/elaborate/rule_named.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;

class PhaseBuilder {
 public:
  PhaseBuilder(Phase& phase, Builder& builder) : phase_(phase), builder_(builder) {}

  // Without loops and branches.
  void add(const model::Body& body) {
    for (const model::Stmt& stmt : body) {
      if (const auto* learn = std::get_if<model::Learn>(&stmt.node))
        add_learners(*learn);
      else if (const auto* silence = std::get_if<model::Silence>(&stmt.node))
        add_silenced(*silence);
      else if (std::holds_alternative<model::Assign>(stmt.node))
        phase_.assignments.push_back(stmt);
    }
  }

 private:
  std::vector<Owner> owners_of(const model::Target& target) {
    std::vector<Owner> owners;
    for (const OwnerKey& key :
         find_members({target.span, target.circuit, target.owner, target.family_indices}, builder_))
      owners.push_back(builder_.network.owners.at(key));
    return owners;
  }

  // The members of a family need not all have the rule; one of them must.
  void add_learners(const model::Learn& learn) {
    const std::vector<Owner> owners = owners_of(learn.target);
    bool any = owners.empty();
    for (const Owner& owner : owners)
      any = add_learner(learn, std::get<ProjectionId>(owner)) || any;
    if (any) return;
    const Projection& first = builder_.network.projections[std::get<ProjectionId>(owners.front())];
    if (learn.target.rule)
      builder_.diagnostics
          .report(Kind::UnknownRule, learn.target.span, {first.name, *learn.target.rule})
          .other(first.span, "declared here");
    else
      builder_.diagnostics.report(Kind::LearnWithoutRules, learn.target.span, {first.name})
          .other(first.span, "declared here without `learning`");
  }

  bool add_learner(const model::Learn& learn, ProjectionId id) {
    const auto& rules = builder_.network.projections[id].rules;
    if (rules.empty()) return false;
    Phase::Learner learner{learn.target.span, id, std::nullopt, learn.after};
    if (learn.target.rule) {
      learner.rule = rule_named(*learn.target.rule, id, builder_.network);
      if (!learner.rule) return false;
    }
    phase_.learners.push_back(std::move(learner));
    return true;
  }

  void add_silenced(const model::Silence& silence) {
    for (const Owner& owner : owners_of(silence.target)) phase_.silenced.push_back(owner);
  }

  Phase& phase_;
  Builder& builder_;
};

}  // namespace

void add_phase(const model::PhaseDecl& decl, source::Span span, Builder& builder) {
  Phase phase;
  phase.name = builder.experiment.scope[decl.symbol].name;
  phase.span = span;
  phase.symbol = decl.symbol;
  PhaseBuilder(phase, builder).add(resolve_phase(decl.body, builder));
  builder.network.phases.add(std::move(phase));
}

}  // namespace bouton::elaborate
