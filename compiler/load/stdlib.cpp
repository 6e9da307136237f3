#include "compiler/load/stdlib.h"

#include <algorithm>
#include <array>

namespace bouton::load {

namespace {

constexpr auto kModules = std::to_array<StdlibModule>({
#include "stdlib_modules.inc"
});

}  // namespace

std::span<const StdlibModule> stdlib_modules() { return kModules; }

const StdlibModule* find_stdlib_module(std::string_view path) {
  const auto* found = std::ranges::find(kModules, path, &StdlibModule::path);
  return found == kModules.end() ? nullptr : found;
}

}  // namespace bouton::load
