// Arguments of instantiations and user functions, matched with the declared parameters: positional
// first, then by name, none twice, none unknown, none missing.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/model/network.h"

namespace bouton::check {

// For each parameter the argument given for it, or nothing. `callee` is `rule SAL`, `function f`.
[[nodiscard]] std::vector<const ast::Argument*> match_arguments(
    const std::vector<ast::Argument>& arguments, std::span<const ParameterInterface> parameters,
    std::string_view callee, source::Span call, Context& context);

// The checked arguments of `Sampler(tau_ref, bias = 1)`. The parameters' types have been
// instantiated in the context's solver (instantiate_parameters).
[[nodiscard]] std::vector<model::Argument> check_arguments(
    const ast::Instantiation& use, std::span<const ParameterInterface> parameters,
    std::string_view callee, Context& context);

[[nodiscard]] std::vector<ParameterInterface> instantiate_parameters(
    std::span<const ParameterInterface> parameters, Instance& instance);

}  // namespace bouton::check
