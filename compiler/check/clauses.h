// The clauses of a projection by kind; each may stand once, `learning` any number of times.
#pragma once

#include <array>
#include <vector>

#include "compiler/ast/network.h"
#include "compiler/diagnostics/diagnostics.h"

namespace bouton::check {

struct Clauses {
  const ast::NoSelf* no_self = nullptr;
  const ast::Connect* connect = nullptr;
  const ast::Via* via = nullptr;
  const ast::WeightsTiedTo* tied = nullptr;
  const ast::Weight* weight = nullptr;
  std::vector<const ast::Learning*> learning;
  std::array<const ast::Delay*, 3> delays{};  // by ast::DelayKind
  const ast::Sign* sign = nullptr;
  source::Span no_self_span, connect_span, tied_span, weight_span, sign_span;
};

// Reports a clause that is given twice, and weights that are tied and also given or held to a sign.
[[nodiscard]] Clauses sort_clauses(const ast::Projection& projection,
                                   diagnostics::Diagnostics& diagnostics);

}  // namespace bouton::check
