#include "compiler/check/check.h"

#include <set>
#include <vector>

#include "compiler/check/components.h"
#include "compiler/check/networks.h"

namespace bouton::check {

std::optional<model::Program> check(std::span<const ast::File> files,
                                    diagnostics::Diagnostics& diagnostics,
                                    const FindModule& find_module) {
  const std::size_t errors_before = diagnostics.error_count();
  model::Program program;
  Interfaces interfaces = check_components(files, program, diagnostics);
  interfaces.find_module = find_module;
  check_networks(files, interfaces, diagnostics, program);
  if (diagnostics.error_count() > errors_before) return std::nullopt;
  return program;
}

}  // namespace bouton::check
