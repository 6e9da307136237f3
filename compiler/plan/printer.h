// The readable form of a plan (`--emit=plan`): stable, one line per thing, ids as letter and
// number.
//
// Names are written as quoted remarks. With Names::Positional every name that a user chose is left
// out, so two programs that differ in names only have the same text.
#pragma once

#include <cstdint>
#include <string>

#include "compiler/plan/plan.h"

namespace bouton::plan {

enum class Names : std::uint8_t { Quoted, Positional };

[[nodiscard]] std::string print(const Plan& plan, Names names = Names::Quoted);
[[nodiscard]] std::string print(const Plan& plan, const Kernel& kernel);
[[nodiscard]] std::string print(const Plan& plan, const HostExpr& expr);

}  // namespace bouton::plan
