// What neurons, synapses and rules have in common: predefined names, states, equations, solvers,
// and items that stand in the wrong kind of declaration.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/component.h"
#include "compiler/check/context.h"
#include "compiler/check/interfaces.h"
#include "compiler/model/dynamics.h"

namespace bouton::check {

// What an item is called in messages: "`psp`", "an equation".
[[nodiscard]] std::string describe(const ast::Item& item);
void refuse_item(const ast::Item& item, Context& context);

// `timestep`, and what else the place predefines.
struct Predefined {
  model::SymbolId timestep, time, since_spike, spiked, spike_probability, weight;
};
[[nodiscard]] Predefined declare_predefined(Context& context);
// The id, or nothing if the text does not read it.
[[nodiscard]] model::SymbolId if_used(model::SymbolId symbol, const Context& context);

// `state x: type = …`. Without a type it takes the dimension of its initial value; an initial 0 is
// a plain number (SEMANTICS 22), except in a synapse, whose states carry what the weights carry.
[[nodiscard]] model::SymbolId declare_state(const ast::State& state, model::SymbolKind kind,
                                            Context& context);
// An equation of, or `holding`, a name that is declared nowhere; the name gives no further
// messages.
void report_undeclared_state(const ast::Identifier& name, Context& context);
// Its initial value, read when all names are declared.
[[nodiscard]] model::Expr check_initial(const ast::Identifier& name, const ast::Expr& initial,
                                        model::SymbolId symbol, Context& context);

// `x' = …` for a symbol of the given type.
[[nodiscard]] model::Expr check_slope(const ast::DifferentialEquation& equation,
                                      model::SymbolId symbol, Context& context);

[[nodiscard]] model::Solver check_solver(const ast::SolveWith& item, Context& context);

// Reports a name whose dimension nothing fixes.
void require_closed(model::SymbolId symbol, Context& context);

[[nodiscard]] std::vector<Variable> variables_of(const std::vector<model::SymbolKind>& kinds,
                                                 const Context& context);

// The parameter types with everything that the solver has found.
void resolve(Type& type, const DimensionSolver& solver);
void resolve(std::vector<ParameterInterface>& parameters, const DimensionSolver& solver);

}  // namespace bouton::check
