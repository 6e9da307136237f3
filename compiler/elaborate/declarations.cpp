#include "compiler/elaborate/declarations.h"

#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/elaborate/circuits.h"
#include "compiler/elaborate/phases.h"
#include "compiler/elaborate/populations.h"
#include "compiler/elaborate/projections.h"
#include "compiler/elaborate/transcribe.h"
#include "runtime/tensor/access.h"

namespace bouton::elaborate {

namespace {

bool declares(const model::Body& body);

bool declares(const model::Stmt& stmt) {
  if (const auto* loop = std::get_if<model::For>(&stmt.node)) return declares(loop->body);
  if (const auto* choice = std::get_if<model::If>(&stmt.node))
    return declares(choice->when_true) || declares(choice->when_false);
  return std::holds_alternative<model::PopulationDecl>(stmt.node) ||
         std::holds_alternative<model::ProjectionDecl>(stmt.node) ||
         std::holds_alternative<model::CircuitInstance>(stmt.node) ||
         std::holds_alternative<model::PhaseDecl>(stmt.node);
}

bool declares(const model::Body& body) {
  return std::ranges::any_of(body, [](const model::Stmt& stmt) { return declares(stmt); });
}

class Expander {
 public:
  explicit Expander(Builder& builder) : builder_(builder) {}

  void expand(const model::Body& body) {
    for (const model::Stmt& stmt : body) expand(stmt);
  }

 private:
  void expand(const model::Stmt& stmt) {
    const bool in_circuit = builder_.instance().has_value();
    if (const auto* let = std::get_if<model::Let>(&stmt.node)) bind(*let);
    if (const auto* population = std::get_if<model::PopulationDecl>(&stmt.node))
      add_population(*population, stmt.span, builder_);
    else if (const auto* projection = std::get_if<model::ProjectionDecl>(&stmt.node))
      add_projection(*projection, stmt.span, builder_);
    else if (const auto* phase = std::get_if<model::PhaseDecl>(&stmt.node))
      add_phase(*phase, stmt.span, builder_);
    else if (const auto* instance = std::get_if<model::CircuitInstance>(&stmt.node))
      expand(*instance, stmt.span);
    else if (in_circuit)
      expand_in_circuit(stmt);
    else if (!declares(stmt))
      builder_.network.statements.push_back(stmt);
    else
      expand_around(stmt);
  }

  // Everything in a circuit follows from its parameters.
  void expand_in_circuit(const model::Stmt& stmt) {
    const bool branches = std::holds_alternative<model::If>(stmt.node) ||
                          std::holds_alternative<model::For>(stmt.node);
    if (branches) return expand_around(stmt);
    if (!std::holds_alternative<model::Let>(stmt.node))
      builder_.network.statements.push_back(transcribe(stmt, builder_));
  }

  void expand_around(const model::Stmt& stmt) {
    if (const auto* choice = std::get_if<model::If>(&stmt.node)) return expand(*choice);
    expand(std::get<model::For>(stmt.node));
  }

  void expand(const model::CircuitInstance& instance, source::Span span) {
    Environment inner = enter_circuit(instance, builder_);
    const std::string name = inner.instance_name;
    const CircuitId outer = builder_.circuit;
    builder_.circuit =
        builder_.network.circuits.add({name, span, instance.symbol, instance.circuit, {}});
    std::swap(builder_.environment, inner);
    if (!builder_.failed()) expand(builder_.program.circuits[instance.circuit].body);
    if (builder_.failed()) builder_.incomplete.insert(instance.symbol);
    std::swap(builder_.environment, inner);
    builder_.circuit = outer;
  }

  void bind(const model::Let& let) {
    builder_.environment.values[let.symbol.value].reset();
    builder_.environment.constants[let.symbol] = &let.value;
  }

  void fail(const Problem& problem) {
    builder_.report(problem);
    builder_.incomplete.insert(builder_.instance());
  }

  void expand(const model::If& choice) {
    const auto condition = evaluate_condition(choice.condition, builder_.environment);
    if (!condition) return fail(condition.problem());
    expand(*condition ? choice.when_true : choice.when_false);
  }

  void expand(const model::For& loop) {
    const auto sequence = evaluate(loop.sequence, builder_.environment);
    if (!sequence) return fail(sequence.problem());
    const auto count = runtime::length_of(*sequence);
    if (!count || loop.symbols.size() != 1)
      return fail({loop.sequence.span, "a `for` around declarations runs over whole numbers", ""});
    for (std::size_t i = 0; i < *count; ++i) {
      const auto item = runtime::item_of(*sequence, i);
      const auto* number = item ? item->as<runtime::Tensor>() : nullptr;
      if (number == nullptr || !number->is_scalar())
        return fail(
            {loop.sequence.span, "a `for` around declarations runs over whole numbers", ""});
      bind(loop, number->scalar());
      expand(loop.body);
    }
  }

  void bind(const model::For& loop, double value) {
    const model::SymbolId symbol = loop.symbols.front();
    builder_.environment.values[symbol.value] = runtime::Value(value);
    if (builder_.instance()) return;
    model::Expr literal{loop.sequence.span, builder_.scope()[symbol].type, model::Number{value}};
    builder_.network.statements.push_back(
        {loop.sequence.span, model::Let{symbol, std::move(literal)}});
  }

  Builder& builder_;
};

}  // namespace

void expand_declarations(const model::Body& body, Builder& builder) {
  Expander(builder).expand(body);
}

}  // namespace bouton::elaborate
