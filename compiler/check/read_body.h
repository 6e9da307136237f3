// The frame that circuits, experiments and verify blocks share: parameters, the two passes over
// names and statements, and what can only be said at the end.
#pragma once

#include <functional>

#include "compiler/ast/component.h"
#include "compiler/check/body.h"

namespace bouton::check {

struct ReadBody {
  std::vector<model::Parameter> parameters;
  std::vector<ParameterInterface> interface;  // closed types
  Network network;                            // closed types
  model::Body body;
  model::Scope scope;
  std::optional<model::Expr> timestep_value;
  model::SymbolId timestep, elapsed;
};

struct BodySyntax {
  const ast::Identifier& name;
  const std::vector<ast::Parameter>* parameters;  // nothing for verify blocks
  const ast::Block& block;
  BodyKind kind;
};

[[nodiscard]] ReadBody read_body(const BodySyntax& syntax, const Interfaces& interfaces,
                                 const ByName<CircuitInterface>& circuits,
                                 diagnostics::Diagnostics& diagnostics,
                                 const model::Program& program);

}  // namespace bouton::check
