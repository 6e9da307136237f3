// What a name stands for, in the words of the language: for messages.
#pragma once

#include <string_view>

#include "compiler/check/context.h"
#include "compiler/model/symbol.h"

namespace bouton::check {

// "a state", "an input", "the weight", …
[[nodiscard]] std::string_view describe(model::SymbolKind kind);
// "a neuron", "a rule", …
[[nodiscard]] std::string_view describe(Place place);

}  // namespace bouton::check
