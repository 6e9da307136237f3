// The parts of the dump, one source file each: names, expressions, what neurons, synapses and rules
// hold, networks, experiments. Private to the dump.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/outline.h"
#include "compiler/model/program.h"

namespace bouton::model {

// Where a piece of the program stands: the scope of its symbols and, in an experiment or circuit,
// the body in which its circuit instances are declared.
struct Place {
  const Program& program;
  const Scope& scope;
  const Body* instances = nullptr;
};

// dump_names.cpp
[[nodiscard]] const std::string& name_of(SymbolId symbol, const Place& place);
// Of a population or projection, inside `circuit` when there is one: `z`, `net.pyr`.
[[nodiscard]] std::string owner_name(const std::optional<SymbolId>& circuit, SymbolId owner,
                                     const Place& place);
[[nodiscard]] std::string declared(SymbolId symbol, const Place& place);  // `V: voltage`
[[nodiscard]] std::string names_of(const std::vector<SymbolId>& symbols, const Place& place);
[[nodiscard]] std::string quoted(std::string_view text);
[[nodiscard]] std::string spell_number(double value, const Type& type);  // `10 ms`
[[nodiscard]] std::string_view spelling_of(AssignOp op);
[[nodiscard]] std::string_view spelling_of(Side side);
[[nodiscard]] std::string_view spelling_of(Sign sign);

// dump_expr.cpp
[[nodiscard]] std::string dump_expr(const Expr& expr, const Place& place);
[[nodiscard]] std::string dump_list(const std::vector<Expr>& exprs, const Place& place);
[[nodiscard]] std::string dump_indices(const std::vector<Expr>& indices, const Place& place);
[[nodiscard]] std::string dump_quantity(const Quantity& quantity, const Place& place);
// " every 10 ms" and the like; nothing for no expression.
[[nodiscard]] std::string dump_clause(std::string_view word, const std::optional<Expr>& expr,
                                      const Place& place);

// dump_items.cpp
void dump_documentation(const std::string& documentation, Outline& outline);
void dump_parameters(const std::vector<Parameter>& parameters, const Place& place,
                     Outline& outline);
void dump_handler(std::string_view heading, const HandlerBody& body, const Place& place,
                  Outline& outline);
void dump_states(const std::vector<State>& states, const Place& place, Outline& outline);
void dump_solver(Solver solver, Outline& outline);
// The predefined name, if the text uses it.
void dump_predefined(SymbolId symbol, const Place& place, Outline& outline);

// dump_neuron.cpp, dump_rule.cpp
void dump_function(const Function& function, const Program& program, Outline& outline);
void dump_neuron(const Neuron& neuron, const Program& program, Outline& outline);
void dump_synapse(const Synapse& synapse, const Program& program, Outline& outline);
void dump_rule(const Rule& rule, const Program& program, Outline& outline);

// dump_network.cpp
void dump_population(const PopulationDecl& population, const Place& place, Outline& outline);
void dump_projection(const ProjectionDecl& projection, const Place& place, Outline& outline);
void dump_instance(const CircuitInstance& instance, const Place& place, Outline& outline);

// dump_statements.cpp
void dump_body(const Body& body, const Place& place, Outline& outline);

// dump_experiment.cpp
void dump_circuit(const Circuit& circuit, const Program& program, Outline& outline);
void dump_experiment(const Experiment& experiment, const Program& program, Outline& outline);
void dump_sweep(const Sweep& sweep, const Program& program, Outline& outline);

}  // namespace bouton::model
