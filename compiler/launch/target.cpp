#include "compiler/launch/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace bouton::launch {

namespace {

namespace fs = std::filesystem;

// What files of the kind begin with.
std::string_view signature_of(TargetKind kind) {
  return kind == TargetKind::Results ? "\x89HDF\r\n\x1a\n"
                                     : "\x7f"
                                       "ELF";
}

bool begins_with(const std::string& file, std::string_view signature) {
  std::string begin(signature.size(), '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return stream.gcount() == static_cast<std::streamsize>(begin.size()) && begin == signature;
}

// Results named as a file of another format, which other programs would take them for.
std::optional<runtime::OutputProblem> find_name_problem(const std::string& target) {
  static constexpr auto kOthers = std::to_array<std::string_view>(
      {".csv", ".tsv", ".txt", ".json", ".npy", ".npz", ".mat", ".bouton"});
  const fs::path path(target);
  if (std::ranges::find(kOthers, path.extension().string()) == kOthers.end()) return std::nullopt;
  return runtime::OutputProblem{
      fmt::format("`{}` would hold HDF5, whatever its name says", target),
      fmt::format("name it `{}` with `-o`", fs::path(path).replace_extension(".h5").string())};
}

bool is_source(const source::SourceMap& sources, const std::string& target) {
  for (const source::FileId file : sources.loaded_files()) {
    std::error_code ignored;
    if (fs::equivalent(std::string(sources.name(file)), target, ignored)) return true;
  }
  return false;
}

}  // namespace

std::optional<runtime::OutputProblem> find_target_problem(const source::SourceMap& sources,
                                                          const std::string& target,
                                                          TargetKind kind) {
  std::error_code ignored;
  if (is_source(sources, target))
    return runtime::OutputProblem{fmt::format("`{}` is a source of this program", target),
                                  "name another file with `-o`"};
  if (fs::is_directory(target, ignored))
    return runtime::OutputProblem{fmt::format("`{}` is a folder", target),
                                  "name a file in it with `-o`"};
  if (fs::exists(target, ignored) && !fs::is_regular_file(target, ignored))
    return runtime::OutputProblem{fmt::format("`{}` is no file that could be replaced", target),
                                  "name another file with `-o`"};
  const bool holds_something = fs::file_size(target, ignored) > 0 && !ignored;
  if (!holds_something || begins_with(target, signature_of(kind)))
    return kind == TargetKind::Results ? find_name_problem(target) : std::nullopt;
  return runtime::OutputProblem{
      fmt::format("`{}` is there and {}", target,
                  kind == TargetKind::Results ? "holds no results" : "is no executable"),
      "it is not replaced: remove it, or name another file with `-o`"};
}

}  // namespace bouton::launch
