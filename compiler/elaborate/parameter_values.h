// Parameter values of one population, synapse or rule instance: the arguments of the declaration,
// else the defaults of the neuron, synapse or rule.
#pragma once

#include <span>

#include "compiler/elaborate/builder.h"
#include "compiler/elaborate/scalar.h"
#include "runtime/tensor/shape.h"

namespace bouton::elaborate {

// What is instantiated.
struct Declared {
  const model::Scope& scope;
  std::span<const model::Parameter> parameters;
  model::SymbolId timestep;
};

// `shape` is that of the owner ([size], [n_post, n_pre]; rank 0 where only scalars may stand).
// Reports what does not fit; the result is then incomplete.
[[nodiscard]] ParameterValues build_parameter_values(const Declared& declared,
                                                     std::span<const model::Argument> arguments,
                                                     const runtime::Shape& shape, Builder& builder);

// The slots of a declaration's symbols with the parameters of one element filled in, and the
// functions that parameters stand for. `element` is the neuron or the row-major position of the
// synapse.
void fill_parameter_slots(const ParameterValues& values, std::size_t element,
                          std::span<Slot> slots);
[[nodiscard]] std::vector<std::optional<FunctionValue>> functions_of(const ParameterValues& values,
                                                                     std::size_t symbols);

}  // namespace bouton::elaborate
