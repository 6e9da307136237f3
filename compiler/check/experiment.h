// Experiments and verify blocks.
#pragma once

#include "compiler/ast/decl.h"
#include "compiler/check/network.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/program.h"

namespace bouton::check {

struct ExperimentSyntax {
  ast::Identifier name;                           // of a verify block its title
  const std::vector<ast::Parameter>* parameters;  // nothing for verify blocks
  const ast::Block* block;
  bool is_verify;
};

[[nodiscard]] model::Experiment check_experiment(const ExperimentSyntax& syntax,
                                                 const Interfaces& interfaces,
                                                 const ByName<CircuitInterface>& circuits,
                                                 diagnostics::Diagnostics& diagnostics,
                                                 const model::Program& program);

}  // namespace bouton::check
