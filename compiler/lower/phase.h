// What a run executes: who learns and from which step on, what is silent, which values hold while
// it lasts. Each becomes code of its own: schedules that hold the learning rules' items and no
// silent sums.
#pragma once

#include <map>
#include <tuple>

#include "compiler/lower/host_expr.h"
#include "compiler/lower/known.h"
#include "compiler/lower/schedule.h"

namespace bouton::lower {

class PhaseLowerer {
 public:
  PhaseLowerer(Lowering& lowering, Schedules& schedules, HostExprLowerer& exprs);

  // The same phase for runs that differ in nothing but their duration; `observe` holds the kernels
  // and observers of a run.
  [[nodiscard]] plan::PhaseId phase_of(const model::Run& run,
                                       const std::vector<plan::Item>& observe, source::Span span);

 private:
  using Lags = std::map<plan::RuleId, const model::Expr*>;  // null: from the first step on
  // A step of the run at which rules begin to learn.
  struct Begin {
    std::optional<std::int64_t> step;  // where it is known before the run
    const model::Expr* after = nullptr;
    std::string text;  // of one that is not known
    std::set<plan::RuleId> rules;
  };
  struct Begins {
    std::vector<Begin> known;  // in order of their steps, the first being step 0
    std::vector<Begin> unknown;
  };

  [[nodiscard]] plan::PhaseId add(const model::Run& run, const std::vector<plan::Item>& observe,
                                  source::Span span);
  [[nodiscard]] const elaborate::Phase* find(const model::Run& run) const;
  [[nodiscard]] Lags lags_of(const model::Run& run, const elaborate::Phase* phase) const;
  [[nodiscard]] Begins begins_of(plan::CircuitId circuit, const Lags& lags);
  [[nodiscard]] bool can_be_ordered(const Begins& begins);
  [[nodiscard]] plan::HostExpr latest_of(const Begin& known, const std::vector<const Begin*>& late);
  [[nodiscard]] plan::PhasePart part_of(plan::CircuitId circuit, const Silent& silent,
                                        const Lags& lags, const std::vector<plan::Item>& observe);
  void add_values(const elaborate::Phase& phase, plan::Phase& lowered);
  void add_value(const model::Stmt& stmt, plan::Phase& lowered);

  using Key = std::tuple<std::optional<model::SymbolId>, std::optional<model::SymbolId>, bool>;

  Lowering& lowering_;
  Schedules& schedules_;
  HostExprLowerer& exprs_;
  KnownValues known_;
  std::map<Key, plan::PhaseId> unobserved_;  // by circuit, phase, and whether frozen
};

}  // namespace bouton::lower
