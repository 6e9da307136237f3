#include "compiler/check/close.h"

namespace bouton::check {

namespace {

void close(Type& type, const DimensionSolver& solver) {
  type.dimension = solver.resolve(type.dimension);
  if (!type.dimension.variables.empty()) type = unknown_type();
  for (Type& element : type.elements) close(element, solver);
}

template <typename Named>
void close_all(std::vector<Named>& named, const DimensionSolver& solver) {
  for (Named& one : named) close(one.type, solver);
}

void close_projection(ProjectionPiece& piece, const DimensionSolver& solver) {
  close(piece.weight, solver);
  if (piece.synapse) {
    close_all(piece.synapse->parameters, solver);
    close_all(piece.synapse->variables, solver);
  }
  for (RuleUse& rule : piece.rules) {
    close_all(rule.parameters, solver);
    close_all(rule.variables, solver);
  }
}

bool is_open(const Type& type, const DimensionSolver& solver) {
  return is_kind(type, model::Kind::Real) && !solver.value(type.dimension);
}

}  // namespace

void close_names(BodyContext& body) {
  Names& names = body.context.names;
  DimensionSolver& solver = body.context.solver;
  for (const model::SymbolId id : names.all()) {
    if (!is_open(names.type(id), solver)) continue;
    const model::Symbol& symbol = names[id];
    if (symbol.kind == model::SymbolKind::Parameter && names.used(id))
      body.context.diagnostics.report(diagnostics::Kind::OpenDimension, symbol.span, {symbol.name})
          .hint("give it a type or a default");
    else
      settle(names.type(id).dimension, solver);
  }
}

void close_types(std::vector<ParameterInterface>& parameters, Network& network,
                 const Context& context) {
  close_all(parameters, context.solver);
  for (auto& [name, projection] : network.projections)
    for (ProjectionPiece& piece : projection.pieces) close_projection(piece, context.solver);
}

}  // namespace bouton::check
