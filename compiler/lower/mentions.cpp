#include "compiler/lower/mentions.h"

#include "compiler/base/match.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/lower/family.h"

namespace bouton::lower {

namespace {

class Collector {
 public:
  explicit Collector(const elaborate::Network& network) : network_(network) {}

  void visit(const model::Body& body) {
    for (const model::Stmt& stmt : body)
      match(stmt.node, [&](const auto& node) { visit_node(node); });
  }

  void visit(const elaborate::Phase& phase) {
    for (const elaborate::Phase::Learner& learner : phase.learners) read(learner.after);
    visit(phase.assignments);
  }

  Mentions take() { return std::move(mentions_); }

 private:
  enum class Use : std::uint8_t { Read, Observe, Assign };

  void read(const model::Expr& expr, Use use = Use::Read) {
    elaborate::walk(expr, [&](const model::Expr& part) {
      if (const auto* quantity = std::get_if<model::Quantity>(&part.node)) add(*quantity, use);
    });
  }
  void read(const std::optional<model::Expr>& expr) {
    if (expr) read(*expr);
  }

  void assign(const model::Expr& target) {
    if (const auto* quantity = std::get_if<model::Quantity>(&target.node))
      add(*quantity, Use::Assign);
    if (const auto* index = std::get_if<model::Index>(&target.node)) {
      assign(*index->base);
      for (const model::Expr& subscript : index->indices) read(subscript);
    }
  }

  void add(const model::Quantity& quantity, Use use) {
    const auto variable = variable_of(network_, quantity);
    if (!variable) {
      for (const model::Quantity& member : members_of(network_, quantity)) add(member, use);
      for (const model::Expr& index : quantity.family_indices) read(index);
      return;
    }
    mentions_.read.insert(*variable);
    if (use == Use::Assign) mentions_.assigned.insert(*variable);
    if (use != Use::Observe) mentions_.between_runs.insert(*variable);
  }

  void visit_node(const model::Let& let) { read(let.value); }
  void visit_node(const model::Var& var) { read(var.value); }
  void visit_node(const model::Assign& node) {
    assign(node.target);
    read(node.value);
  }
  void visit_node(const model::For& loop) {
    read(loop.sequence);
    visit(loop.body);
  }
  void visit_node(const model::If& choice) {
    read(choice.condition);
    visit(choice.when_true);
    visit(choice.when_false);
  }
  void visit_node(const model::Run& run) {
    read(run.duration);
    for (const model::Observation& observation : run.observing) {
      read(observation.what, Use::Observe);
      read(observation.every);
      read(observation.after);
    }
  }
  void visit_node(const model::Clip& clip) {
    for (const model::Expr& target : clip.targets) assign(target);
    read(clip.low);
    read(clip.high);
  }
  void visit_node(const model::Normalise& normalise) {
    assign(normalise.target);
    read(normalise.to);
    read(normalise.every);
  }
  void visit_node(const model::Every& every) {
    read(every.count);
    visit(every.body);
  }
  void visit_node(const model::Record& record) {
    for (const model::RecordColumn& column : record.columns) read(column.value);
  }
  void visit_node(const model::Print& print) {
    for (const model::Expr& part : print.parts) read(part);
  }
  void visit_node(const model::Replay& replay) { read(replay.tape); }
  void visit_node(const model::Expect& expect) {
    read(expect.actual);
    read(expect.expected);
    read(expect.within);
  }
  void visit_node(const model::Break&) {}
  void visit_node(const model::Reset&) {}
  void visit_node(const model::Plot&) {}
  // Declarations are no statements any more, phases are in Network::phases.
  void visit_node(const model::PopulationDecl&) {}
  void visit_node(const model::ProjectionDecl&) {}
  void visit_node(const model::CircuitInstance&) {}
  void visit_node(const model::PhaseDecl&) {}
  void visit_node(const model::Learn&) {}
  void visit_node(const model::Silence&) {}

  const elaborate::Network& network_;
  Mentions mentions_;
};

}  // namespace

std::optional<Variable> variable_of(const elaborate::Network& network,
                                    const model::Quantity& quantity) {
  const elaborate::Owner* owner = elaborate::find_owner(network, quantity);
  if (owner == nullptr) return std::nullopt;
  return Variable{*owner, quantity.rule, quantity.variable};
}

Mentions collect_mentions(const elaborate::Network& network) {
  Collector collector(network);
  collector.visit(network.statements);
  for (const elaborate::Phase& phase : network.phases) collector.visit(phase);
  return collector.take();
}

}  // namespace bouton::lower
