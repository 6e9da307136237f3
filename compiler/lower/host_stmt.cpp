#include "compiler/lower/host_stmt.h"

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/lower/circuits.h"
#include "compiler/lower/observe.h"
#include "compiler/lower/quantity.h"
#include "compiler/lower/replay.h"
#include "compiler/lower/reset.h"

namespace bouton::lower {

namespace {

using plan::HostExpr;

bool has_columns(const plan::RecordTable& table, const std::vector<std::string>& names) {
  return std::ranges::all_of(names, [&](const std::string& name) {
    return std::ranges::find(table.columns, name, &plan::RecordTable::ColumnType::name) !=
           table.columns.end();
  });
}

std::uint32_t column_index(const plan::RecordTable& table, const std::string& name) {
  const auto found = std::ranges::find(table.columns, name, &plan::RecordTable::ColumnType::name);
  BOUTON_CHECK(found != table.columns.end(), "a record without a column of its table");
  return static_cast<std::uint32_t>(found - table.columns.begin());
}

}  // namespace

plan::HostBody HostStmtLowerer::lower(const model::Body& body) {
  plan::HostBody lowered;
  plan::HostBody* outer = std::exchange(body_, &lowered);
  for (const model::Stmt& stmt : body) {
    span_ = stmt.span;
    model::Stmt copy = stmt;
    if (find_open_member(copy))
      lower_open(stmt);
    else
      match(stmt.node, [&](const auto& node) { lower_node(node); });
  }
  body_ = outer;
  return lowered;
}

// Once for each member that the statement may turn out to name.
void HostStmtLowerer::lower_open(const model::Stmt& stmt) {
  model::Stmt copy = stmt;
  const OpenMember open = find_open_member(copy).value();
  const plan::HostVariableId which = lowering_.plan.variables.add(
      {"member", {plan::HostKind::Integer, 0}, plan::Sharing::PerLane, {}});
  add(plan::HostLet{which, exprs_.lower_member(open)});
  const auto members =
      members_of(lowering_.network, open.circuit, open.owner, open.indices().size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!can_be(open, members[i], lowering_.network)) continue;  // said by the statement before
    set_indices(open, members[i]);
    const source::Span span = span_;
    plan::HostIf lowered;
    lowered.condition = plan::binary(plan::HostBinaryOp::Equal, plan::variable(which),
                                     plan::whole(static_cast<std::int64_t>(i)));
    lowered.when_true = lower({copy});
    span_ = span;
    add(std::move(lowered));
  }
}

void HostStmtLowerer::add(decltype(plan::HostStmt::node) node) {
  body_->push_back({std::move(node), span_});
}

void HostStmtLowerer::lower_node(const model::Let& let) {
  add(plan::HostLet{exprs_.variable_of(let.symbol), exprs_.lower(let.value)});
}

void HostStmtLowerer::lower_node(const model::Var& var) {
  add(plan::HostLet{exprs_.variable_of(var.symbol), exprs_.lower(var.value)});
}

std::vector<HostExpr> HostStmtLowerer::lower_indices(const std::vector<model::Expr>& indices) {
  std::vector<HostExpr> lowered;
  for (const model::Expr& index : indices) lowered.push_back(exprs_.lower(index));
  return lowered;
}

void HostStmtLowerer::lower_node(const model::Assign& assign) {
  const auto* index = std::get_if<model::Index>(&assign.target.node);
  const model::Expr& target = index != nullptr ? *index->base : assign.target;
  const std::vector<model::Expr> indices =
      index != nullptr ? index->indices : std::vector<model::Expr>();
  if (const auto* quantity = std::get_if<model::Quantity>(&target.node))
    return assign_column(*quantity, indices, assign);
  const plan::HostVariableId variable =
      exprs_.variable_of(std::get<model::Ref>(target.node).symbol);
  std::vector<HostExpr> at = lower_indices(indices);
  HostExpr value = exprs_.lower_change(plan::variable(variable), assign, at, span_);
  add(plan::HostAssign{variable, std::move(at), std::move(value)});
}

void HostStmtLowerer::assign_column(const model::Quantity& quantity,
                                    const std::vector<model::Expr>& indices,
                                    const model::Assign& assign) {
  const auto column = find_column(lowering_, quantity);
  if (!column) return lowering_.refuse(Unlowered::QuantityAssigned, assign.target.span);
  std::vector<HostExpr> at = lower_indices(indices);
  HostExpr value = exprs_.lower_change(plan::contents(*column), assign, at, span_);
  add(plan::HostAssign{*column, std::move(at), std::move(value)});
  if (const auto before = find_state_before(lowering_, quantity))
    add(plan::HostAssign{*before, {}, plan::contents(*column)});
}

void HostStmtLowerer::lower_node(const model::For& loop) {
  plan::HostFor lowered;
  for (const model::SymbolId symbol : loop.symbols)
    lowered.variables.push_back(exprs_.variable_of(symbol));
  lowered.sequence = exprs_.lower(loop.sequence);
  const source::Span span = span_;
  counters_.push_back(lowered.variables.front());
  lowered.body = lower(loop.body);
  counters_.pop_back();
  span_ = span;
  add(std::move(lowered));
}

void HostStmtLowerer::lower_node(const model::If& choice) {
  const source::Span span = span_;
  plan::HostIf lowered;
  lowered.condition = exprs_.lower(choice.condition);
  lowered.when_true = lower(choice.when_true);
  lowered.when_false = lower(choice.when_false);
  span_ = span;
  add(std::move(lowered));
}

void HostStmtLowerer::lower_node(const model::Break&) { add(plan::HostBreak{}); }

void HostStmtLowerer::lower_node(const model::Run& run) {
  plan::HostRun lowered;
  lowered.steps = exprs_.lower_duration(run.duration);
  const std::vector<plan::Item> observe = lower_observations(run, lowered.results);
  lowered.phase = phases_.phase_of(run, observe, span_);
  add(std::move(lowered));
}

std::vector<plan::Item> HostStmtLowerer::lower_observations(
    const model::Run& run, std::vector<plan::ResultBinding>& results) {
  std::vector<plan::Item> items;
  const std::vector<plan::CircuitId> circuits = circuits_of(lowering_, run.circuit);
  for (const model::Observation& observation : run.observing) {
    HostExpr every = observation.every ? exprs_.lower_duration(*observation.every) : plan::whole(1);
    HostExpr after = observation.after ? exprs_.lower_duration(*observation.after) : plan::whole(0);
    const LoweredObservation lowered =
        lower_observation(lowering_, observation, std::move(every), std::move(after));
    if (!lowered.observer) continue;
    const plan::CircuitId circuit = lowering_.plan.observers[*lowered.observer].circuit;
    BOUTON_CHECK(std::ranges::find(circuits, circuit) != circuits.end(),
                 "elaboration refuses to observe what stands still");
    items.insert(items.end(), lowered.compute.begin(), lowered.compute.end());
    items.push_back({*lowered.observer, {}, {}});
    results.push_back({*lowered.observer, exprs_.variable_of(observation.result)});
  }
  return items;
}

void HostStmtLowerer::lower_node(const model::Reset& reset) {
  for (plan::HostStmt& stmt : lower_reset(lowering_, reset, span_))
    body_->push_back(std::move(stmt));
}

std::optional<plan::ColumnId> HostStmtLowerer::assignable(const model::Expr& target) {
  const auto* quantity = std::get_if<model::Quantity>(&target.node);
  const auto column = quantity != nullptr ? find_column(lowering_, *quantity) : std::nullopt;
  if (!column) lowering_.refuse(Unlowered::QuantityAssigned, target.span);
  return column;
}

void HostStmtLowerer::lower_node(const model::Clip& clip) {
  plan::HostClip lowered;
  for (const model::Expr& target : clip.targets)
    if (const auto column = assignable(target)) lowered.columns.push_back(*column);
  lowered.low = exprs_.lower(clip.low);
  lowered.high = exprs_.lower(clip.high);
  add(std::move(lowered));
  for (const model::Expr& target : clip.targets) {
    const auto* quantity = std::get_if<model::Quantity>(&target.node);
    const auto column = quantity != nullptr ? find_column(lowering_, *quantity) : std::nullopt;
    const auto before = column ? find_state_before(lowering_, *quantity) : std::nullopt;
    if (before) add(plan::HostAssign{*before, {}, plan::contents(*column)});
  }
}

void HostStmtLowerer::lower_node(const model::Normalise& normalise) {
  if (normalise.every) return lowering_.refuse(Unlowered::NormaliseWhileRunning, span_);
  const auto column = assignable(normalise.target);
  if (!column) return;
  add(plan::HostNormalise{*column, normalise.per_post, exprs_.lower(normalise.to)});
}

void HostStmtLowerer::lower_node(const model::Every& every) {
  BOUTON_CHECK(!counters_.empty(), "`every` outside of a loop");
  const source::Span span = span_;
  plan::HostEvery lowered{exprs_.lower(every.count), plan::variable(counters_.back()), {}};
  lowered.body = lower(every.body);
  span_ = span;
  add(std::move(lowered));
}

// One table per set of names.
plan::RecordTableId HostStmtLowerer::table_of(const model::Record& record) {
  std::vector<std::string> names;
  plan::RecordTable table;
  for (const model::RecordColumn& column : record.columns) {
    names.push_back(column.name);
    table.columns.push_back(
        {column.name, host_type(column.value.type), column.value.type.dimension});
  }
  for (const plan::RecordTableId id : lowering_.plan.record_tables.ids()) {
    const plan::RecordTable& known = lowering_.plan.record_tables[id];
    if (known.columns.size() == names.size() && has_columns(known, names)) return id;
  }
  return lowering_.plan.record_tables.add(std::move(table));
}

void HostStmtLowerer::lower_node(const model::Record& record) {
  plan::HostRecord lowered;
  lowered.table = table_of(record);
  const plan::RecordTable& table = lowering_.plan.record_tables[lowered.table];
  lowered.cells.resize(table.columns.size());
  std::vector<std::pair<std::uint32_t, const model::Expr*>> cells;
  for (const model::RecordColumn& column : record.columns)
    cells.emplace_back(column_index(table, column.name), &column.value);
  for (const auto& [index, value] : cells) lowered.cells[index] = exprs_.lower(*value);
  add(std::move(lowered));
}

// Curves of one table stand in one plot.
void HostStmtLowerer::lower_node(const model::Plot& plot) {
  std::map<plan::RecordTableId, plan::HostPlot> plots;
  for (const model::Plot::Curve& curve : plot.curves) {
    const auto ids = lowering_.plan.record_tables.ids();
    const auto found = std::ranges::find_if(ids, [&](plan::RecordTableId id) {
      return has_columns(lowering_.plan.record_tables[id], {curve.y, curve.x});
    });
    BOUTON_CHECK(found != ids.end(), "a plot of columns that are not recorded together");
    const plan::RecordTable& table = lowering_.plan.record_tables[*found];
    plots[*found].table = *found;
    plots[*found].curves.push_back(
        {column_index(table, curve.y), column_index(table, curve.x), curve.logarithmic});
  }
  for (auto& [table, lowered] : plots) add(std::move(lowered));
}

void HostStmtLowerer::lower_node(const model::Print& print) {
  plan::HostPrint lowered;
  for (const model::Expr& part : print.parts) {
    lowered.parts.push_back(exprs_.lower(part));
    lowered.units.push_back(model::unit_of(part.type));
  }
  add(std::move(lowered));
}

void HostStmtLowerer::lower_node(const model::Replay& replay) {
  for (plan::HostStmt& stmt : lower_replay(lowering_, replay, exprs_.lower(replay.tape), span_))
    body_->push_back(std::move(stmt));
}

void HostStmtLowerer::lower_node(const model::Expect& expect) {
  plan::HostExpect lowered;
  lowered.actual = exprs_.lower(expect.actual);
  if (expect.expected) lowered.expected = exprs_.lower(*expect.expected);
  if (expect.within) lowered.within = exprs_.lower(*expect.within);
  add(std::move(lowered));
}

void HostStmtLowerer::lower_node(const model::Learn&) {
  BOUTON_UNREACHABLE("`learn` outside of a phase");
}
void HostStmtLowerer::lower_node(const model::Silence&) {
  BOUTON_UNREACHABLE("`silence` outside of a phase");
}
void HostStmtLowerer::lower_node(const model::PopulationDecl&) {
  BOUTON_UNREACHABLE("a declaration among the statements");
}
void HostStmtLowerer::lower_node(const model::ProjectionDecl&) {
  BOUTON_UNREACHABLE("a declaration among the statements");
}
void HostStmtLowerer::lower_node(const model::CircuitInstance&) {
  BOUTON_UNREACHABLE("a declaration among the statements");
}
void HostStmtLowerer::lower_node(const model::PhaseDecl&) {
  BOUTON_UNREACHABLE("a declaration among the statements");
}

}  // namespace bouton::lower
