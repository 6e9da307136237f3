#include "compiler/check/population.h"

#include <fmt/format.h>

#include "compiler/check/arguments.h"
#include "compiler/check/compile_time.h"
#include "compiler/check/convert.h"
#include "compiler/check/declare.h"
#include "compiler/check/expr.h"

namespace bouton::check {

namespace {

const PopulationPiece* find_piece(const Population& population, const ast::Population& syntax) {
  for (const PopulationPiece& piece : population.pieces)
    if (piece.syntax == &syntax) return &piece;
  return nullptr;
}

model::FamilyIndex check_family_index(const ast::FamilyIndex& index, BodyContext& body) {
  const int rank = index.variable ? 1 : 0;
  model::FamilyIndex result;
  result.range =
      check_as(index.values, real(units::kNone, rank), "a family index", body.context).expr;
  require_compile_time(result.range, "the index of a family", body);
  if (index.variable) {
    result.symbol = declare_name(*index.variable, model::SymbolKind::LoopVariable,
                                 real(units::kNone), body.context);
    body.compile_time.insert(*result.symbol);
  }
  return result;
}

}  // namespace

std::vector<model::FamilyIndex> check_family(const std::vector<ast::FamilyIndex>& family,
                                             BodyContext& body) {
  std::vector<model::FamilyIndex> result;
  for (const ast::FamilyIndex& index : family) result.push_back(check_family_index(index, body));
  return result;
}

std::optional<model::PopulationDecl> check_population(const ast::Population& population,
                                                      BodyContext& body) {
  const Population* whole = find(body.network.populations, population.name.text);
  const PopulationPiece* piece = whole == nullptr ? nullptr : find_piece(*whole, population);
  if (piece == nullptr) return std::nullopt;
  const std::size_t block = body.context.names.open_block();
  model::PopulationDecl result;
  result.symbol = whole->symbol;
  result.family = check_family(population.family, body);
  result.size =
      check_as(population.size, real(units::kNone), "the size of a population", body.context).expr;
  require_compile_time(result.size, "the size of a population", body);
  if (piece->neuron != nullptr) {
    result.neuron = piece->neuron->id;
    result.arguments =
        check_arguments(population.neuron, piece->parameters,
                        fmt::format("neuron `{}`", piece->neuron->name), body.context);
  }
  body.context.names.close_block(block);
  return result;
}

std::optional<model::CircuitInstance> check_circuit_instance(const ast::CircuitInstance& instance,
                                                             BodyContext& body) {
  const auto known = body.instances.find(instance.name.text);
  const auto symbol = body.context.names.find(instance.name.text);
  if (known == body.instances.end() || known->second == nullptr || !symbol) return std::nullopt;
  const CircuitInterface& circuit = *known->second;
  model::CircuitInstance result;
  result.symbol = *symbol;
  result.circuit = circuit.id;
  result.arguments = check_arguments(instance.circuit, circuit.parameters,
                                     fmt::format("circuit `{}`", circuit.name), body.context);
  return result;
}

}  // namespace bouton::check
