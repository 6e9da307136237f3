#include "compiler/elaborate/unroll.h"

#include <algorithm>
#include <set>

#include "compiler/elaborate/array_expr.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/member_quantity.h"
#include "compiler/elaborate/rewrite.h"

namespace bouton::elaborate {

namespace {

using Symbols = std::set<model::SymbolId>;

bool mentions_any(const model::Expr& expr, const Symbols& symbols) {
  bool found = false;
  walk(expr, [&](const model::Expr& part) {
    const auto* ref = std::get_if<model::Ref>(&part.node);
    found = found || (ref != nullptr && symbols.contains(ref->symbol));
  });
  return found;
}

bool mentions_any(const std::vector<model::Expr>& exprs, const Symbols& symbols) {
  return std::ranges::any_of(exprs,
                             [&](const model::Expr& expr) { return mentions_any(expr, symbols); });
}

// Looks through statements for indices of families that depend on the symbols, directly or through
// constants and inner loops.
class IndexFinder {
 public:
  explicit IndexFinder(const std::vector<model::SymbolId>& symbols)
      : symbols_(symbols.begin(), symbols.end()) {}

  bool find(const model::Body& body) {
    return std::ranges::any_of(body, [&](const model::Stmt& stmt) { return find(stmt); });
  }

 private:
  bool find(const model::Stmt& stmt) {
    note(stmt);
    if (find_in_head(stmt)) return true;
    if (const auto* loop = std::get_if<model::For>(&stmt.node)) return find(loop->body);
    if (const auto* every = std::get_if<model::Every>(&stmt.node)) return find(every->body);
    const auto* choice = std::get_if<model::If>(&stmt.node);
    return choice != nullptr && (find(choice->when_true) || find(choice->when_false));
  }

  void note(const model::Stmt& stmt) {
    if (const auto* let = std::get_if<model::Let>(&stmt.node))
      if (mentions_any(let->value, symbols_)) symbols_.insert(let->symbol);
    if (const auto* loop = std::get_if<model::For>(&stmt.node))
      if (mentions_any(loop->sequence, symbols_))
        symbols_.insert(loop->symbols.begin(), loop->symbols.end());
  }

  bool find_in_head(const model::Stmt& stmt) const {
    bool found = false;
    model::Stmt copy = stmt;
    rewrite_head(copy, [&](model::Expr& part) {
      const auto* quantity = std::get_if<model::Quantity>(&part.node);
      found = found || (quantity != nullptr && mentions_any(quantity->family_indices, symbols_));
    });
    return found || picks_target(stmt);
  }

  // What is no expression.
  [[nodiscard]] bool picks_target(const model::Stmt& stmt) const {
    const auto picks = [&](const model::Target& target) {
      return mentions_any(target.family_indices, symbols_);
    };
    if (const auto* replay = std::get_if<model::Replay>(&stmt.node))
      return mentions_any(replay->what.family_indices, symbols_);
    if (const auto* learn = std::get_if<model::Learn>(&stmt.node)) return picks(learn->target);
    if (const auto* silence = std::get_if<model::Silence>(&stmt.node))
      return picks(silence->target);
    const auto* reset = std::get_if<model::Reset>(&stmt.node);
    return reset != nullptr && std::ranges::any_of(reset->targets, picks);
  }

  Symbols symbols_;
};

// `break` and `every` belong to the innermost loop around them.
bool needs_loop(const model::Body& body) {
  return std::ranges::any_of(body, [](const model::Stmt& stmt) {
    if (std::holds_alternative<model::Break>(stmt.node)) return true;
    if (std::holds_alternative<model::Every>(stmt.node)) return true;
    const auto* choice = std::get_if<model::If>(&stmt.node);
    return choice != nullptr && (needs_loop(choice->when_true) || needs_loop(choice->when_false));
  });
}

bool is_literal(const runtime::Value& value) {
  return value.as<runtime::Tensor>() != nullptr || value.as<bool>() != nullptr ||
         value.as<std::string>() != nullptr;
}

// The parts of one item, for each of the loop's variables.
std::optional<std::vector<runtime::Value>> parts_of(const runtime::Value& item, std::size_t count) {
  std::vector<runtime::Value> parts{item};
  if (count > 1) {
    parts.clear();
    for (std::size_t i = 0; i < count; ++i) {
      auto part = runtime::item_of(item, i);
      if (!part) return std::nullopt;
      parts.push_back(*std::move(part));
    }
  }
  if (!std::ranges::all_of(parts, is_literal)) return std::nullopt;
  return parts;
}

std::optional<Turns> turns_of_range(const model::Range& range, source::Span span,
                                    Builder& builder) {
  const auto ends = evaluate_ends(range, span, builder.environment);
  if (!ends || ends->count > kMostTurns) return std::nullopt;
  Turns turns;
  for (std::size_t i = 0; i < ends->count; ++i) turns.push_back({runtime::Value((*ends)[i])});
  return turns;
}

std::optional<Turns> known_turns(const model::For& loop, Builder& builder) {
  if (needs_loop(loop.body) || !is_known(loop.sequence, builder.environment)) return std::nullopt;
  if (const auto* range = std::get_if<model::Range>(&loop.sequence.node))
    return turns_of_range(*range, loop.sequence.span, builder);
  const auto sequence = evaluate(loop.sequence, builder.environment);
  if (!sequence) return std::nullopt;
  const auto count = runtime::length_of(*sequence);
  if (!count || *count > kMostTurns) return std::nullopt;
  Turns turns;
  for (std::size_t i = 0; i < *count; ++i) {
    const auto item = runtime::item_of(*sequence, i);
    auto parts = item ? parts_of(*item, loop.symbols.size()) : std::nullopt;
    if (!parts) return std::nullopt;
    turns.push_back(*std::move(parts));
  }
  return turns;
}

bool names_owner(const model::Stmt& stmt);

bool names_owner(const model::Body& body) {
  return std::ranges::any_of(body, [](const model::Stmt& stmt) { return names_owner(stmt); });
}

// What is no expression: a circuit, or what is reset or replayed.
bool names_owner(const model::Stmt& stmt) {
  if (const auto* loop = std::get_if<model::For>(&stmt.node)) return names_owner(loop->body);
  if (const auto* every = std::get_if<model::Every>(&stmt.node)) return names_owner(every->body);
  if (const auto* choice = std::get_if<model::If>(&stmt.node))
    return names_owner(choice->when_true) || names_owner(choice->when_false);
  if (const auto* run = std::get_if<model::Run>(&stmt.node)) return run->circuit.has_value();
  if (const auto* reset = std::get_if<model::Reset>(&stmt.node)) return !reset->targets.empty();
  return std::holds_alternative<model::Replay>(stmt.node);
}

}  // namespace

bool names_members(const model::Stmt& stmt) {
  bool found = names_owner(stmt);
  model::Stmt copy = stmt;
  rewrite(copy, [&](model::Expr& part) { found = found || names_member(part); });
  return found;
}

bool picks_members(const model::For& loop) { return IndexFinder(loop.symbols).find(loop.body); }

std::optional<Turns> turns_of(const model::For& loop, bool must, Builder& builder) {
  auto turns = known_turns(loop, builder);
  if (!turns && must)
    builder.report({loop.sequence.span,
                    "the loop of a phase must follow from the parameters and be short", ""});
  return turns;
}

}  // namespace bouton::elaborate
