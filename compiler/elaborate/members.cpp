#include "compiler/elaborate/members.h"

#include <algorithm>
#include <set>

#include "compiler/elaborate/array_expr.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/literal.h"
#include "compiler/elaborate/member_quantity.h"
#include "compiler/elaborate/owners.h"
#include "compiler/elaborate/rewrite.h"
#include "compiler/elaborate/unroll.h"

namespace bouton::elaborate {

namespace {

class StatementResolver {
 public:
  StatementResolver(bool in_phase, Builder& builder) : in_phase_(in_phase), builder_(builder) {}
  ~StatementResolver() {
    for (const auto& [symbol, value] : constants_) builder_.environment.constants.erase(symbol);
  }
  StatementResolver(const StatementResolver&) = delete;
  StatementResolver& operator=(const StatementResolver&) = delete;

  model::Body resolve(const model::Body& body) {
    model::Body out;
    for (const model::Stmt& stmt : body) resolve(stmt, out);
    return out;
  }

 private:
  void resolve(const model::Stmt& stmt, model::Body& out) {
    if (const auto* loop = std::get_if<model::For>(&stmt.node))
      return resolve_loop(stmt, *loop, out);
    if (const auto* choice = std::get_if<model::If>(&stmt.node))
      return resolve_choice(stmt, *choice, out);
    if (const auto* reset = std::get_if<model::Reset>(&stmt.node))
      return resolve_reset(stmt, *reset, out);
    if (const auto* assign = std::get_if<model::Assign>(&stmt.node))
      return resolve_assign(stmt, *assign, out);
    if (const auto* normalise = std::get_if<model::Normalise>(&stmt.node))
      return resolve_normalise(stmt, *normalise, out);
    model::Stmt copy = stmt;
    if (auto* clip = std::get_if<model::Clip>(&copy.node)) expand_targets(*clip);
    if (auto* every = std::get_if<model::Every>(&copy.node)) every->body = resolve(every->body);
    resolve_expressions(copy);
    if (const auto* let = std::get_if<model::Let>(&copy.node)) bind(*let);
    out.push_back(std::move(copy));
  }

  // ----------------------------------------------------------------------- loops, branches

  void resolve_loop(const model::Stmt& stmt, const model::For& loop, model::Body& out) {
    for (const model::SymbolId symbol : loop.symbols) forget(symbol);
    const bool must = in_phase_;
    if (must || picks_members(loop)) {
      const auto turns = turns_of(loop, must, builder_);
      if (turns) return unroll(loop, *turns, out);
      if (must) return;  // reported
    }
    model::Stmt copy = stmt;
    auto& copied = std::get<model::For>(copy.node);
    resolve_expressions(copied.sequence);
    copied.body = resolve(loop.body);
    out.push_back(std::move(copy));
  }

  void unroll(const model::For& loop, const Turns& turns, model::Body& out) {
    for (const std::vector<runtime::Value>& turn : turns) {
      model::Body copy = loop.body;
      rewrite(copy, [&](model::Expr& expr) {
        const auto* ref = std::get_if<model::Ref>(&expr.node);
        if (ref == nullptr) return;
        const auto symbol = std::ranges::find(loop.symbols, ref->symbol);
        if (symbol == loop.symbols.end()) return;
        const auto position = static_cast<std::size_t>(symbol - loop.symbols.begin());
        expr = literal_of(turn[position], expr.type, expr.span);
      });
      for (const model::Stmt& stmt : copy) resolve(stmt, out);
    }
  }

  void resolve_choice(const model::Stmt& stmt, const model::If& choice, model::Body& out) {
    const bool decided =
        in_phase_ || (names_members(stmt) && is_known(choice.condition, builder_.environment));
    if (decided) {
      const auto condition = evaluate_condition(choice.condition, builder_.environment);
      if (!condition) return builder_.report(condition.problem());
      for (const model::Stmt& inner : *condition ? choice.when_true : choice.when_false)
        resolve(inner, out);
      return;
    }
    model::Stmt copy = stmt;
    auto& copied = std::get<model::If>(copy.node);
    resolve_expressions(copied.condition);
    copied.when_true = resolve(choice.when_true);
    copied.when_false = resolve(choice.when_false);
    out.push_back(std::move(copy));
  }

  // ------------------------------------------------------------------------------- targets

  void resolve_assign(const model::Stmt& stmt, const model::Assign& assign, model::Body& out) {
    for (TargetMember& member : members_of_target(assign.target, assign.value, builder_)) {
      resolve_target(member.target);
      resolve_expressions(*member.value);
      out.push_back({stmt.span,
                     model::Assign{std::move(member.target), assign.op, *std::move(member.value)}});
    }
  }

  void resolve_normalise(const model::Stmt& stmt, const model::Normalise& normalise,
                         model::Body& out) {
    for (TargetMember& member : members_of_target(normalise.target, std::nullopt, builder_)) {
      model::Normalise copy = normalise;
      resolve_target(member.target);
      copy.target = std::move(member.target);
      resolve_expressions(copy.to);
      if (copy.every) resolve_expressions(*copy.every);
      out.push_back({stmt.span, std::move(copy)});
    }
  }

  void expand_targets(model::Clip& clip) {
    std::vector<model::Expr> targets;
    for (const model::Expr& target : clip.targets)
      for (TargetMember& member : members_of_target(target, std::nullopt, builder_))
        targets.push_back(std::move(member.target));
    clip.targets = std::move(targets);
    for (model::Expr& target : clip.targets) resolve_target(target);
  }

  // Without targets everything would be reset.
  void resolve_reset(const model::Stmt& stmt, const model::Reset& reset, model::Body& out) {
    model::Reset expanded;
    for (const model::Target& target : reset.targets) add_targets(target, expanded.targets);
    if (!expanded.targets.empty() || reset.targets.empty())
      out.push_back({stmt.span, std::move(expanded)});
  }

  void add_targets(const model::Target& target, std::vector<model::Target>& targets) {
    if (builder_.scope()[target.owner].kind == model::SymbolKind::CircuitInstance &&
        !target.circuit)
      return add_parts_of_circuit(target, targets);
    const bool known = std::ranges::all_of(target.family_indices, [&](const model::Expr& index) {
      return is_known(index, builder_.environment);
    });
    if (!known) return targets.push_back(target);
    for (const OwnerKey& key :
         find_members({target.span, target.circuit, target.owner, target.family_indices}, builder_))
      targets.push_back(target_of(key, target));
  }

  void add_parts_of_circuit(const model::Target& target, std::vector<model::Target>& targets) {
    for (const auto& [key, owner] : builder_.network.owners)
      if (key.circuit == target.owner) targets.push_back(target_of(key, target));
  }

  static model::Target target_of(const OwnerKey& key, const model::Target& named) {
    model::Target target{named.span, key.circuit, key.owner, {}, named.rule};
    for (const std::int64_t index : key.family_indices)
      target.family_indices.push_back(
          {named.span, model::scalar(), model::Number{static_cast<double>(index)}});
    return target;
  }

  // --------------------------------------------------------------------------- expressions

  void resolve_target(model::Expr& target) {
    model::Expr* base = &target;
    while (auto* index = std::get_if<model::Index>(&base->node)) {
      for (model::Expr& expr : index->indices) resolve_expressions(expr);
      base = &*index->base;
    }
    if (auto* quantity = std::get_if<model::Quantity>(&base->node))
      resolve_quantity(*quantity, base->span, QuantityUse::Assign, builder_);
  }

  void resolve_expressions(model::Expr& expr) {
    rewrite(expr, [&](model::Expr& part) { resolve_part(part, QuantityUse::Read); });
  }

  void resolve_expressions(model::Stmt& stmt) {
    if (auto* run = std::get_if<model::Run>(&stmt.node)) return resolve_run(*run);
    if (auto* replay = std::get_if<model::Replay>(&stmt.node))
      resolve_quantity(replay->what, stmt.span, QuantityUse::Replay, builder_);
    if (std::holds_alternative<model::Clip>(stmt.node)) {
      auto& clip = std::get<model::Clip>(stmt.node);
      resolve_expressions(clip.low);
      return resolve_expressions(clip.high);
    }
    rewrite_head(stmt, [&](model::Expr& part) { resolve_part(part, QuantityUse::Read); });
  }

  void resolve_run(model::Run& run) {
    resolve_expressions(run.duration);
    for (model::Observation& observation : run.observing) {
      const bool spikes = observation.reducer == model::Reducer::Count ||
                          observation.reducer == model::Reducer::Spikes;
      const QuantityUse use = spikes ? QuantityUse::Spikes : QuantityUse::Read;
      rewrite(observation.what, [&](model::Expr& part) { resolve_part(part, use); });
      if (observation.every) resolve_expressions(*observation.every);
      if (observation.after) resolve_expressions(*observation.after);
    }
  }

  void resolve_part(model::Expr& expr, QuantityUse use) {
    while (auto* choice = std::get_if<model::Choice>(&expr.node)) {
      if (!names_member(expr) || !is_known(*choice->condition, builder_.environment)) return;
      const auto condition = evaluate_condition(*choice->condition, builder_.environment);
      if (!condition) return builder_.report(condition.problem());
      expr = model::Expr(*condition ? *choice->when_true : *choice->when_false);
    }
    if (auto* quantity = std::get_if<model::Quantity>(&expr.node))
      resolve_quantity(*quantity, expr.span, use, builder_);
  }

  // -------------------------------------------------------------------------------- names

  void forget(model::SymbolId symbol) {
    builder_.environment.values[symbol.value].reset();
    builder_.environment.constants.erase(symbol);
  }

  void bind(const model::Let& let) {
    forget(let.symbol);
    const auto kept = constants_.insert_or_assign(let.symbol, let.value).first;
    builder_.environment.constants[let.symbol] = &kept->second;
  }

  bool in_phase_;
  Builder& builder_;
  std::map<model::SymbolId, model::Expr> constants_;  // what the environment points to
};

}  // namespace

void resolve_statements(Builder& builder) {
  builder.network.statements =
      StatementResolver(false, builder).resolve(builder.network.statements);
}

model::Body resolve_phase(const model::Body& body, Builder& builder) {
  return StatementResolver(true, builder).resolve(body);
}

}  // namespace bouton::elaborate
