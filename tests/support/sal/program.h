// Programs from their text: those of tests/programs, and the examples.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/sal/ways.h"

namespace bouton::numeric {

struct ProgramRun {
  std::string file;
  std::string experiment;               // or the name of a verify block
  std::vector<std::string> parameters;  // name=value
  std::string data_directory;           // what `load` is relative to
  std::optional<std::uint64_t> seed = std::nullopt;
};

// A message of any phase fails the test.
[[nodiscard]] runtime::ReplicaOutcome run_program(const ProgramRun& what, const Way& way);

}  // namespace bouton::numeric
