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

std::optional<std::string> find_module_declaring(std::string_view keyword, std::string_view name) {
  const std::string line = "\n" + std::string(keyword) + " " + std::string(name);
  for (const StdlibModule& module : kModules) {
    const std::size_t found = module.text.find(line);
    if (found == std::string_view::npos) continue;
    const std::string_view behind = module.text.substr(found + line.size());
    if (behind.starts_with('(') || behind.starts_with(' ')) return std::string(module.path);
  }
  return std::nullopt;
}

}  // namespace bouton::load
