// Where the plan keeps what lasts from step to step or from one kernel to the next, and how much
// memory that takes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "compiler/base/text_table.h"
#include "compiler/explain/explain.h"

namespace bouton::explain {

// Of one replica, double buffers and values of the step before included. Given spike trains and
// recorded random numbers are not counted: they lie in the program's arrays.
[[nodiscard]] std::int64_t memory_of(const plan::Plan& plan, const plan::Column& column);

// "one number per synapse", "the last 3 steps per neuron of z".
[[nodiscard]] std::string print_place(const Subject& subject, const plan::Column& column);

// One row for each column that the owner has: name, place, size, bytes, and why.
[[nodiscard]] TextTable storage_of(const Subject& subject, const plan::Owner& owner);

// A parameter's value with its unit: "50 ms", "0.01".
[[nodiscard]] std::string print_value(const model::Symbol& symbol, const runtime::Tensor& value);

}  // namespace bouton::explain
