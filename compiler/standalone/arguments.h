// The command line of a built executable: what of `bouton run` makes sense there.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/launch/description.h"
#include "compiler/launch/output.h"

namespace bouton::standalone {

struct Arguments {
  std::vector<std::string> parameters;  // name=value
  std::optional<std::uint64_t> seed;
  std::optional<int> seeds;
  int threads = 1;
  std::optional<std::string> sweep;  // run it; empty: the first one of the experiment
  bool quiet = false;
  launch::OutputSettings output;
  std::string directory;  // that file names in the program are relative to
};

// The arguments, or the exit code when there is nothing to do; texts have been printed then.
// `list_parameters` ends the help text.
[[nodiscard]] std::variant<Arguments, int> parse_arguments(
    int count, const char* const* arguments, const launch::Description& description,
    const std::function<std::string()>& list_parameters);

}  // namespace bouton::standalone
