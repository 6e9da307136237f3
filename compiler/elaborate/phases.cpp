#include "compiler/elaborate/phases.h"

#include <algorithm>

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;

class PhaseBuilder {
 public:
  PhaseBuilder(Phase& phase, Builder& builder) : phase_(phase), builder_(builder) {}

  void add(const model::Body& body) {
    for (const model::Stmt& stmt : body) add(stmt);
  }

 private:
  void add(const model::Stmt& stmt) {
    if (const auto* learn = std::get_if<model::Learn>(&stmt.node))
      add_learner(*learn);
    else if (const auto* silence = std::get_if<model::Silence>(&stmt.node))
      add_silenced(*silence);
    else if (const auto* choice = std::get_if<model::If>(&stmt.node))
      add_choice(*choice);
    else if (std::holds_alternative<model::Assign>(stmt.node))
      phase_.assignments.push_back(stmt);
    else
      builder_.diagnostics.report(Kind::NotElaborated, stmt.span, {"a loop in a phase"});
  }

  void add_choice(const model::If& choice) {
    const auto condition = evaluate_condition(choice.condition, builder_.environment);
    if (!condition) return builder_.report(condition.problem());
    add(*condition ? choice.when_true : choice.when_false);
  }

  const Owner* find_owner(const model::Target& target) {
    if (target.circuit || !target.family_indices.empty()) {
      builder_.diagnostics.report(Kind::NotElaborated, target.span, {"a circuit or family"});
      return nullptr;
    }
    const auto owner = builder_.network.owners.find({std::nullopt, target.owner, {}});
    return owner == builder_.network.owners.end() ? nullptr : &owner->second;
  }

  void add_learner(const model::Learn& learn) {
    const Owner* owner = find_owner(learn.target);
    const auto* id = owner == nullptr ? nullptr : std::get_if<ProjectionId>(owner);
    if (id == nullptr) return;
    Phase::Learner learner{learn.target.span, *id, std::nullopt, learn.after};
    if (learn.target.rule) {
      const auto& rules = builder_.network.projections[*id].rules;
      const auto rule = std::ranges::find(rules, *learn.target.rule, &RuleInstance::name);
      BOUTON_CHECK(rule != rules.end(), "check has found the rule");
      learner.rule = static_cast<std::size_t>(rule - rules.begin());
    }
    phase_.learners.push_back(std::move(learner));
  }

  void add_silenced(const model::Silence& silence) {
    if (const Owner* owner = find_owner(silence.target)) phase_.silenced.push_back(*owner);
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
  PhaseBuilder(phase, builder).add(decl.body);
  builder.network.phases.add(std::move(phase));
}

}  // namespace bouton::elaborate
