#include "runtime/tensor/tape.h"

#include <cstdint>

namespace bouton::runtime {

std::optional<RunError> find_bad_draw(const Tensor& rows) {
  const std::size_t neurons = rows.shape()[1];
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (!(rows[i] >= 0.0 && rows[i] <= 1.0))
      return bad_tape_value(static_cast<std::int64_t>(i / neurons),
                            static_cast<std::int64_t>(i % neurons), rows[i]);
  return std::nullopt;
}

}  // namespace bouton::runtime
