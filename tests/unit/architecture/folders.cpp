#include "tests/unit/architecture/folders.h"

#include <algorithm>

namespace bouton::architecture {
namespace {

struct Library {
  std::string_view prefix;  // of the header's name between the brackets
  std::set<std::string> users;
};

const std::vector<Library>& restricted_libraries() {
  static const std::vector<Library> libraries = {
      {"llvm/", {"compiler/codegen"}},
      {"llvm-c/", {"compiler/codegen"}},
      {"antlr4", {"compiler/parse"}},
      {"Eigen/", {"runtime"}},
      {"unsupported/Eigen/", {"runtime"}},
      {"omp.h", {"runtime"}},
      {"hdf5", {"runtime"}},
      {"H5", {"runtime"}},
      {"CLI/", {"compiler/driver", "compiler/launch", "compiler/standalone"}},
  };
  return libraries;
}

const Folder* find_folder(std::string_view path) {
  constexpr std::string_view kCompiler = "compiler/";
  if (!path.starts_with(kCompiler)) return nullptr;
  const auto& folders = compiler_folders();
  const auto found = std::find_if(folders.begin(), folders.end(), [&](const Folder& folder) {
    return folder.name == path.substr(kCompiler.size());
  });
  return found == folders.end() ? nullptr : &*found;
}

bool uses_runtime(const Folder& folder, std::string_view to) {
  return std::any_of(folder.runtime.begin(), folder.runtime.end(), [&](const std::string& name) {
    return name == "*" || to == "runtime/" + name;
  });
}

}  // namespace

const std::vector<Folder>& compiler_folders() {
  static const std::vector<Folder> folders = {
      {"base", {}, {}},
      {"source", {"base"}, {}},
      {"diagnostics", {"source"}, {}},
      {"units", {"base"}, {}},
      {"ast", {"source"}, {}},
      {"parse", {"ast", "diagnostics"}, {}},
      {"load", {"parse"}, {}},
      {"model", {"units", "source"}, {}},
      {"check", {"ast", "model", "diagnostics"}, {}},
      {"elaborate",
       {"model", "diagnostics"},
       {"base", "tensor", "random", "connectivity", "files", "library", "math"}},
      {"interpret",
       {"model", "elaborate"},
       {"base", "tensor", "random", "connectivity", "library", "analysis", "math", "sum"}},
      {"plan", {"units", "source"}, {}},
      {"lower", {"model", "elaborate", "plan"}, {"base", "tensor", "math"}},
      {"explain", {"model", "elaborate", "plan"}, {"base", "tensor"}},
      {"passes", {"plan"}, {}},
      {"image", {"plan"}, {"*"}},
      {"launch", {"load", "check", "lower", "passes", "image"}, {"*"}},
      {"standalone", {"launch"}, {"*"}},
      {"cache", {"base"}, {"base", "encoding", "files"}},
      {"codegen", {"image", "cache"}, {"*"}},
      {"driver", {"launch", "interpret", "explain", "codegen"}, {"*"}},
  };
  return folders;
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

bool may_include(std::string_view from, std::string_view to) {
  if (from == to) return true;
  if (from.starts_with("runtime")) return to.starts_with("runtime");
  const Folder* folder = find_folder(from);
  if (folder == nullptr) return false;
  if (to.starts_with("runtime")) return uses_runtime(*folder, to);
  return std::any_of(folder->uses.begin(), folder->uses.end(), [&](const std::string& used) {
    return !to.starts_with("runtime") && may_include("compiler/" + used, to);
  });
}

std::optional<std::set<std::string>> users_of_library(std::string_view header) {
  for (const Library& library : restricted_libraries()) {
    if (header.starts_with(library.prefix)) return library.users;
  }
  return std::nullopt;
}

}  // namespace bouton::architecture
