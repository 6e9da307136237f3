// The experiment's statements, one to one; every `run` gets the phase that executes it.
#pragma once

#include "compiler/lower/host_expr.h"
#include "compiler/lower/phase.h"

namespace bouton::lower {

class HostStmtLowerer {
 public:
  HostStmtLowerer(Lowering& lowering, Schedules& schedules)
      : lowering_(lowering), exprs_(lowering), phases_(lowering, schedules, exprs_) {}

  [[nodiscard]] plan::HostBody lower(const model::Body& body);

 private:
  void lower_node(const model::Let& let);
  void lower_node(const model::Var& var);
  void lower_node(const model::Assign& assign);
  void lower_node(const model::For& loop);
  void lower_node(const model::If& choice);
  void lower_node(const model::Break& leave);
  void lower_node(const model::Run& run);
  void lower_node(const model::Reset& reset);
  void lower_node(const model::Clip& clip);
  void lower_node(const model::Normalise& normalise);
  void lower_node(const model::Every& every);
  void lower_node(const model::Record& record);
  void lower_node(const model::Plot& plot);
  void lower_node(const model::Print& print);
  void lower_node(const model::Replay& replay);
  void lower_node(const model::Expect& expect);
  void lower_node(const model::Learn& learn);
  void lower_node(const model::Silence& silence);
  // Elaboration takes declarations out of the statements.
  void lower_node(const model::PopulationDecl&);
  void lower_node(const model::ProjectionDecl&);
  void lower_node(const model::CircuitInstance&);
  void lower_node(const model::PhaseDecl&);

  void lower_open(const model::Stmt& stmt);
  void add(decltype(plan::HostStmt::node) node);
  void assign_column(const model::Quantity& quantity, const std::vector<model::Expr>& indices,
                     const model::Assign& assign);
  [[nodiscard]] std::vector<plan::HostExpr> lower_indices(const std::vector<model::Expr>& indices);
  [[nodiscard]] std::optional<plan::ColumnId> assignable(const model::Expr& target);
  [[nodiscard]] std::vector<plan::Item> lower_observations(
      const model::Run& run, std::vector<plan::ResultBinding>& results);
  [[nodiscard]] plan::RecordTableId table_of(const model::Record& record);

  Lowering& lowering_;
  HostExprLowerer exprs_;
  PhaseLowerer phases_;
  plan::HostBody* body_ = nullptr;              // that statements are added to
  source::Span span_;                           // of the statement being lowered
  std::vector<plan::HostVariableId> counters_;  // of the loops around the statement
};

}  // namespace bouton::lower
