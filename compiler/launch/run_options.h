// The options that `bouton run` and built executables share, with the same words and checks.
#pragma once

#include <CLI/App.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/launch/output.h"

namespace bouton::launch {

void add_parameters(CLI::App& command, std::vector<std::string>& parameters);
void add_seed(CLI::App& command, std::optional<std::uint64_t>& seed);
void add_seeds(CLI::App& command, int& seeds);
void add_seeds(CLI::App& command, std::optional<int>& seeds);  // nothing: not given
void add_threads(CLI::App& command, int& threads);
// `-o`, which is `what`, `--resume` and `--checkpoint-every`.
void add_output(CLI::App& command, OutputSettings& output, const std::string& what);
void add_quiet(CLI::App& command, bool& quiet);

// Of an option that names a file: why the name is none; empty if it is.
[[nodiscard]] std::string check_file_name(const std::string& name);

}  // namespace bouton::launch
