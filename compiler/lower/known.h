// Values of the experiment's expressions that follow from its parameters and constants, without
// running or drawing anything.
#pragma once

#include <map>
#include <optional>

#include "compiler/elaborate/evaluate.h"

namespace bouton::lower {

class KnownValues {
 public:
  explicit KnownValues(const elaborate::Network& network);

  // As steps, of a time or a number of steps; nothing where it has to be evaluated when the
  // experiment comes to it.
  [[nodiscard]] std::optional<std::int64_t> duration(const model::Expr& expr);

 private:
  [[nodiscard]] bool is_known(const model::Expr& expr) const;
  [[nodiscard]] bool is_known(model::SymbolId symbol) const;

  elaborate::Environment environment_;
};

}  // namespace bouton::lower
