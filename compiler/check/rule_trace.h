// Traces of a rule: `trace x = 1 { x' = -x/tau; on pre { x += 1 } }`.
#pragma once

#include "compiler/ast/component.h"
#include "compiler/check/context.h"
#include "compiler/model/dynamics.h"

namespace bouton::check {

[[nodiscard]] model::TraceDecl declare_trace(const ast::Trace& trace, Context& context);
void check_trace(const ast::Trace& trace, model::TraceDecl& declared, Context& context);

}  // namespace bouton::check
