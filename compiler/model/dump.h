// `--emit=model`: the typed program as readable, stable text, one declaration after the other.
//
// Names are spelled out, the types that `check` found stand behind the declared names, conversions
// between time and steps are written as to_steps() and to_time(), numbers are in coherent units and
// read back exactly, and a random call shows the site of its numbers. Positions are left out.
#pragma once

#include <cstddef>
#include <string>

#include "compiler/model/program.h"

namespace bouton::model {

[[nodiscard]] std::string dump(const Program& program);

// Pieces of one experiment, as the forms after `model` keep them: each in the experiment's scope,
// lines of a body indented by `depth`.
[[nodiscard]] std::string dump(const Program& program, const Experiment& experiment,
                               const Expr& expr);
[[nodiscard]] std::string dump(const Program& program, const Experiment& experiment,
                               const Body& body, std::size_t depth = 0);

}  // namespace bouton::model
