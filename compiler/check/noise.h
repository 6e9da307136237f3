// `noise xi: white`, `noise n: normal(0, 1)`, `noise n: uniform(0, 1)`.
#pragma once

#include "compiler/ast/component.h"
#include "compiler/check/context.h"
#include "compiler/model/dynamics.h"

namespace bouton::check {

// White noise has the dimension 1/sqrt(time); the others that of their arguments.
[[nodiscard]] model::Noise declare_noise(const ast::Noise& noise, Context& context);
void check_noise(const ast::Noise& noise, model::Noise& declared, Context& context);

}  // namespace bouton::check
