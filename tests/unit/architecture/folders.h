// Which folder may include which: the table of docs/architecture.md, as data.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bouton::architecture {

struct Folder {
  std::string name;
  std::vector<std::string> uses;     // folders of the compiler it links; what those use is included
  std::vector<std::string> runtime;  // folders of the runtime, or "*" for all of them
};

[[nodiscard]] const std::vector<Folder>& compiler_folders();

// "compiler/check" for "compiler/check/names.cpp"; "runtime/math" and "runtime" likewise.
[[nodiscard]] std::string folder_of(std::string_view path);

// May a file in folder `from` include a file in folder `to` (both as folder_of gives them)?
[[nodiscard]] bool may_include(std::string_view from, std::string_view to);

// The folders that may include headers of a library from outside ("llvm", "Eigen", …); nullopt if
// all may.
[[nodiscard]] std::optional<std::set<std::string>> users_of_library(std::string_view header);

}  // namespace bouton::architecture
