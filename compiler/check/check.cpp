#include "compiler/check/check.h"

#include <set>
#include <vector>

#include "compiler/check/components.h"

namespace bouton::check {

std::optional<model::Program> check(std::span<const ast::File> files,
                                    diagnostics::Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  model::Program program;
  const Interfaces interfaces = check_components(files, program, diagnostics);
  if (diagnostics.error_count() > errors_before) return std::nullopt;
  return program;
}

}  // namespace bouton::check
