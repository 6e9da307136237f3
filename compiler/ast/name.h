// A word of the source text that names something, with its position.
#pragma once

#include <string>

#include "compiler/source/span.h"

namespace bouton::ast {

using source::Span;

struct Identifier {
  std::string text;
  Span span;
};

}  // namespace bouton::ast
