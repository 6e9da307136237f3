// The standard library's modules, compiled into the tool as text: `import rules.sal` is the file
// stdlib/rules/sal.bouton.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bouton::load {

struct StdlibModule {
  std::string_view path;  // "rules.sal"
  std::string_view file;  // "rules/sal.bouton"
  std::string_view text;
};

[[nodiscard]] std::span<const StdlibModule> stdlib_modules();

// nullptr if there is no such module.
[[nodiscard]] const StdlibModule* find_stdlib_module(std::string_view path);

// The first module with a declaration `keyword name` at the beginning of a line.
[[nodiscard]] std::optional<std::string> find_module_declaring(std::string_view keyword,
                                                               std::string_view name);

}  // namespace bouton::load
