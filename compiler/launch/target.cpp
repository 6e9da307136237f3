#include "compiler/launch/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "runtime/hdf5/read_result_file.h"

namespace bouton::launch {

namespace {

namespace fs = std::filesystem;

bool is_executable(const std::string& file) {
  static constexpr std::string_view kSignature =
      "\x7f"
      "ELF";
  std::string begin(kSignature.size(), '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return stream.gcount() == static_cast<std::streamsize>(begin.size()) && begin == kSignature;
}

// What the command would write itself.
bool is_of_kind(const std::string& file, TargetKind kind) {
  return kind == TargetKind::Results ? runtime::is_result_file(file) : is_executable(file);
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

std::optional<runtime::OutputProblem> find_input_problem(const runtime::RunDescription& run,
                                                         const std::string& target) {
  for (const runtime::DescribedFile& file : run.files) {
    std::error_code ignored;
    if (!fs::equivalent(fs::path(run.program).parent_path() / file.name, target, ignored)) continue;
    return runtime::OutputProblem{fmt::format("this program names `{}`, which it may load", target),
                                  "name another file with `-o`"};
  }
  return std::nullopt;
}

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
  if (!holds_something || is_of_kind(target, kind))
    return kind == TargetKind::Results ? find_name_problem(target) : std::nullopt;
  return runtime::OutputProblem{
      fmt::format("`{}` is there and {}", target,
                  kind == TargetKind::Results ? "holds no results" : "is no executable"),
      "it is not replaced: remove it, or name another file with `-o`"};
}

}  // namespace bouton::launch
