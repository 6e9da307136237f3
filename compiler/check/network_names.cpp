#include "compiler/check/network_names.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "compiler/base/match.h"
#include "compiler/check/arguments.h"
#include "compiler/check/declare.h"
#include "compiler/check/definition.h"
#include "compiler/check/projection_types.h"

namespace bouton::check {

namespace {

using diagnostics::Kind;
using model::SymbolKind;

// The branches of `if` statements around a declaration, outermost first.
using Branches = std::vector<std::pair<const ast::If*, std::size_t>>;

struct Declared {
  source::Span span;
  SymbolKind kind;
  const std::vector<ast::FamilyIndex>* family;
  Branches branches;
};

struct Collector {
  BodyContext& body;
  Branches branches;
  int loops = 0;
  std::map<std::string, std::vector<Declared>> declared;
  std::map<std::string, model::SymbolId> symbols;
  std::vector<const ast::Projection*> projections;
};

const char* describe_kind(SymbolKind kind) {
  if (kind == SymbolKind::Population) return "population";
  if (kind == SymbolKind::Projection) return "projection";
  return kind == SymbolKind::Phase ? "phase" : "circuit";
}

bool exclude_each_other(const Branches& a, const Branches& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (a[i].first != b[i].first) return false;
    if (a[i].second != b[i].second) return true;
  }
  return false;
}

bool same_number(const ast::FamilyIndex& a, const ast::FamilyIndex& b) {
  const auto* left = std::get_if<ast::Number>(&a.values.node);
  const auto* right = std::get_if<ast::Number>(&b.values.node);
  return left != nullptr && right != nullptr && left->value == right->value;
}

bool same_numbers(const std::vector<ast::FamilyIndex>& a, const std::vector<ast::FamilyIndex>& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!same_number(a[i], b[i])) return false;
  return true;
}

std::string describe_declared(const Declared& declared) {
  const std::size_t indices = declared.family->size();
  if (indices == 0) return fmt::format("a single {}", describe_kind(declared.kind));
  return fmt::format("a family of {}s with {}", describe_kind(declared.kind),
                     indices == 1 ? "one index" : fmt::format("{} indices", indices));
}

// Whether the second declaration may stand beside the first; reports it if not.
bool fits_beside(const Declared& first, const Declared& second, const std::string& name,
                 BodyContext& body) {
  if (first.kind != second.kind || first.family->size() != second.family->size()) {
    body.context.diagnostics.report(Kind::DifferentDeclarations, second.span, {name})
        .label(describe_declared(second))
        .other(first.span, describe_declared(first));
    return false;
  }
  if (exclude_each_other(first.branches, second.branches)) return true;
  if (!first.family->empty() && !same_numbers(*first.family, *second.family)) return true;
  body.context.diagnostics.report(Kind::DuplicateName, second.span, {name})
      .other(first.span, "first declared here");
  return false;
}

// The symbol of a name, the same for all its pieces; nothing when the piece is refused.
std::optional<model::SymbolId> declare(const ast::Identifier& name, SymbolKind kind,
                                       const std::vector<ast::FamilyIndex>& family,
                                       Collector& collector) {
  std::vector<Declared>& earlier = collector.declared[name.text];
  const Declared piece{name.span, kind, &family, collector.branches};
  for (const Declared& other : earlier)
    if (!fits_beside(other, piece, name.text, collector.body)) return std::nullopt;
  if (collector.loops > 0 && family.empty() && kind != SymbolKind::Phase) {
    collector.body.context.diagnostics.report(Kind::DeclaredInLoop, name.span, {name.text})
        .hint(fmt::format("declare a family: `{}[l]`", name.text));
  }
  if (earlier.empty())
    collector.symbols[name.text] = declare_name(name, kind, unknown_type(), collector.body.context);
  earlier.push_back(piece);
  return collector.symbols[name.text];
}

void collect(const ast::Population& population, Collector& collector) {
  const auto symbol =
      declare(population.name, SymbolKind::Population, population.family, collector);
  if (!symbol) return;
  BodyContext& body = collector.body;
  PopulationPiece piece{&population, nullptr, {}};
  piece.neuron = find_definition("neuron", population.neuron.definition,
                                 body.context.interfaces.neurons, body.context);
  if (piece.neuron != nullptr) {
    Instance instance(body.context.solver);
    piece.parameters = instantiate_parameters(piece.neuron->parameters, instance);
  }
  Population& whole = body.network.populations[population.name.text];
  whole.name = population.name.text;
  whole.symbol = *symbol;
  whole.family_rank = population.family.size();
  whole.pieces.push_back(std::move(piece));
}

void collect(const ast::Projection& projection, Collector& collector) {
  const auto symbol =
      declare(projection.name, SymbolKind::Projection, projection.family, collector);
  if (!symbol) return;
  Projection& whole = collector.body.network.projections[projection.name.text];
  whole.name = projection.name.text;
  whole.symbol = *symbol;
  whole.family_rank = projection.family.size();
  collector.projections.push_back(&projection);
}

void collect(const ast::CircuitInstance& instance, Collector& collector) {
  static const std::vector<ast::FamilyIndex> kNoFamily;
  BodyContext& body = collector.body;
  if (!declare(instance.name, SymbolKind::CircuitInstance, kNoFamily, collector)) return;
  body.instances[instance.name.text] =
      find_definition("circuit", instance.circuit.definition, body.circuits, body.context);
}

void collect_block(const ast::Block& block, Collector& collector);

void collect(const ast::If& statement, Collector& collector) {
  const auto enter = [&](const ast::Block& block, std::size_t branch) {
    collector.branches.emplace_back(&statement, branch);
    collect_block(block, collector);
    collector.branches.pop_back();
  };
  for (std::size_t i = 0; i < statement.branches.size(); ++i) enter(statement.branches[i].body, i);
  if (statement.otherwise) enter(*statement.otherwise, statement.branches.size());
}

void collect(const ast::For& statement, Collector& collector) {
  ++collector.loops;
  collect_block(statement.body, collector);
  --collector.loops;
}

void collect(const ast::Phase& phase, Collector& collector) {
  static const std::vector<ast::FamilyIndex> kNoFamily;
  static_cast<void>(declare(phase.name, SymbolKind::Phase, kNoFamily, collector));
}

// All other statements declare nothing that can be named before its place.
template <typename Other>
void collect(const Other&, Collector&) {}

void collect_block(const ast::Block& block, Collector& collector) {
  for (const ast::Statement& statement : block.statements)
    std::visit([&](const auto& node) { collect(node, collector); }, statement.node);
}

}  // namespace

void declare_network_names(const ast::Block& block, BodyContext& body) {
  Collector collector{body, {}, 0, {}, {}, {}};
  collect_block(block, collector);
  for (const ast::Projection* projection : collector.projections)
    body.network.projections[projection->name.text].pieces.push_back(
        build_projection_types(*projection, body));
}

}  // namespace bouton::check
