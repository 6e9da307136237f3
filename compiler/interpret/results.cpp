#include "compiler/interpret/results.h"

#include <algorithm>

namespace bouton::interpret {

bool Results::succeeded() const {
  return !problem &&
         std::ranges::all_of(expectations, [](const Expectation& e) { return e.passed; });
}

}  // namespace bouton::interpret
