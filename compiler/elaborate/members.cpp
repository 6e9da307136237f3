#include "compiler/elaborate/members.h"

#include <algorithm>

#include "compiler/elaborate/array_expr.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/literal.h"
#include "compiler/elaborate/member_quantity.h"
#include "compiler/elaborate/owners.h"
#include "compiler/elaborate/rewrite.h"
#include "compiler/elaborate/rule_named.h"
#include "compiler/elaborate/unroll.h"

namespace bouton::elaborate {

namespace {

// A loop that picks members is copied once per turn, so that what each copy names is known before
// the run. More copies than this, or than there are members, and it stays a loop: of code for runs
// each copy would cost as much as a program.
constexpr std::size_t kMostCopies = 64;

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
      if (turns && (must || may_copy(turns->size()))) return unroll(loop, *turns, out);
      if (must) return;  // reported
      if (turns && !check_turns(loop, *turns)) return;
    }
    model::Stmt copy = stmt;
    auto& copied = std::get<model::For>(copy.node);
    resolve_expressions(copied.sequence);
    copied.body = resolve(loop.body);
    out.push_back(std::move(copy));
  }

  [[nodiscard]] bool may_copy(std::size_t turns) const {
    return copies_ * turns <= std::max(kMostCopies, builder_.network.owners.size());
  }

  // Whether all members are there.
  bool check_turns(const model::For& loop, const Turns& turns) {
    if (copies_ * turns.size() > kMostTurns) return true;
    const std::size_t errors = builder_.diagnostics.error_count();
    model::Body copies;
    unroll(loop, turns, copies);
    return builder_.diagnostics.error_count() == errors;
  }

  void unroll(const model::For& loop, const Turns& turns, model::Body& out) {
    const std::size_t outer = copies_;
    const std::size_t errors = builder_.diagnostics.error_count();
    copies_ *= std::max<std::size_t>(turns.size(), 1);
    for (const std::vector<runtime::Value>& turn : turns) {
      if (builder_.diagnostics.error_count() > errors) break;  // the others would say the same
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
    copies_ = outer;
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
    const std::vector<model::Expr> whole_family;
    const auto keys = find_members(
        {target.span, target.circuit, target.owner, known ? target.family_indices : whole_family},
        builder_);
    const auto lacks_rule = [&](const OwnerKey& key) { return !has_rule(key, target); };
    const auto missing = std::ranges::find_if(keys, lacks_rule);
    // The members of a family need not all have the rule, but the one that is named must.
    if (missing != keys.end() && (!known || std::ranges::all_of(keys, lacks_rule)))
      return report_missing_rule(target, *missing);
    if (!known) return targets.push_back(target);
    for (const OwnerKey& key : keys)
      if (has_rule(key, target)) targets.push_back(target_of(key, target));
  }

  [[nodiscard]] bool has_rule(const OwnerKey& key, const model::Target& target) const {
    if (!target.rule) return true;
    const auto projection = std::get<ProjectionId>(builder_.network.owners.at(key));
    return rule_named(*target.rule, projection, builder_.network).has_value();
  }

  void report_missing_rule(const model::Target& target, const OwnerKey& key) {
    const Owner& owner = builder_.network.owners.at(key);
    builder_.diagnostics
        .report(diagnostics::Kind::UnknownRule, target.span,
                {spell(key, builder_.network), *target.rule})
        .other(builder_.network.projections[std::get<ProjectionId>(owner)].span, "declared here");
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
    if (auto* run = std::get_if<model::Run>(&stmt.node)) return resolve_run(*run, stmt.span);
    if (auto* replay = std::get_if<model::Replay>(&stmt.node))
      resolve_quantity(replay->what, stmt.span, QuantityUse::Replay, builder_);
    if (std::holds_alternative<model::Clip>(stmt.node)) {
      auto& clip = std::get<model::Clip>(stmt.node);
      resolve_expressions(clip.low);
      return resolve_expressions(clip.high);
    }
    rewrite_head(stmt, [&](model::Expr& part) { resolve_part(part, QuantityUse::Read); });
  }

  void resolve_run(model::Run& run, source::Span span) {
    resolve_expressions(run.duration);
    const bool advances = !run.circuit || is_instance_made(*run.circuit, span, builder_);
    for (model::Observation& observation : run.observing) {
      const bool spikes = observation.reducer == model::Reducer::Count ||
                          observation.reducer == model::Reducer::Spikes;
      const QuantityUse use = spikes ? QuantityUse::Spikes : QuantityUse::Read;
      rewrite(observation.what, [&](model::Expr& part) { resolve_part(part, use); });
      if (observation.every) resolve_expressions(*observation.every);
      if (observation.after) resolve_expressions(*observation.after);
      if (run.circuit && advances && !builder_.failed()) check_advances(*run.circuit, observation);
    }
  }

  // Something of what is observed has to be in a circuit that the run advances.
  void check_advances(model::SymbolId advanced, const model::Observation& observation) {
    const ClockId clock = clock_of_instance(builder_.network, advanced);
    std::optional<model::Quantity> standing;
    bool advances = false;
    walk(observation.what, [&](const model::Expr& part) {
      const auto* quantity = std::get_if<model::Quantity>(&part.node);
      if (quantity == nullptr) return;
      const bool runs = clock_of(quantity->circuit) == clock;
      advances = advances || runs;
      if (!runs && !standing) standing = *quantity;
    });
    if (advances || !standing) return;
    const std::string waiting =
        standing->circuit ? builder_.scope()[*standing->circuit].name : builder_.experiment.name;
    builder_.diagnostics.report(diagnostics::Kind::ObservationOfConstant, observation.what.span)
        .hint("`" + waiting + "` does not advance in a run of `" + builder_.scope()[advanced].name +
              "`");
  }

  [[nodiscard]] ClockId clock_of(const std::optional<model::SymbolId>& instance) const {
    return instance ? clock_of_instance(builder_.network, *instance)
                    : builder_.network.circuits[CircuitId{0}].clock;
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
  std::size_t copies_ = 1;                            // of what is being resolved
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
