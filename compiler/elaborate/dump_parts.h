// The parts of the network's dump, one source file each. Private to the dump.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "compiler/elaborate/network.h"
#include "compiler/model/outline.h"

namespace bouton::elaborate {

// dump_values.cpp
// A short array is written out; of a long one the shape, the extremes and the hash of its bits.
[[nodiscard]] std::string dump_array(std::span<const double> numbers);
[[nodiscard]] std::string dump_array(std::span<const std::int64_t> numbers);
[[nodiscard]] std::string dump_value(const runtime::Value& value);
void dump_parameters(const ParameterValues& parameters, const model::Scope& scope,
                     const model::Program& program, model::Outline& outline);

// dump_projection.cpp
void dump_projection(const Projection& projection, const Network& network, model::Outline& outline);

// dump_phase.cpp
void dump_phase(const Phase& phase, const Network& network, model::Outline& outline);

}  // namespace bouton::elaborate
