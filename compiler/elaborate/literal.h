// Values that are known before the experiment runs, written as expressions of its text.
#pragma once

#include "compiler/model/expr.h"
#include "runtime/tensor/value.h"

namespace bouton::elaborate {

// Numbers, truth values, texts, arrays and lists; `type` is that of what the literal stands for.
[[nodiscard]] model::Expr literal_of(const runtime::Value& value, const model::Type& type,
                                     source::Span span);

}  // namespace bouton::elaborate
