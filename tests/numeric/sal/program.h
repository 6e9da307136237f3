// Programs of tests/programs from their text.
#pragma once

#include <string>
#include <vector>

#include "tests/numeric/sal/ways.h"

namespace bouton::numeric {

struct ProgramRun {
  std::string file;
  std::string experiment;               // or the name of a verify block
  std::vector<std::string> parameters;  // name=value
  std::string data_directory;           // what `load` is relative to
};

// A message of any phase fails the test.
[[nodiscard]] runtime::ReplicaOutcome run_program(const ProgramRun& what, const Way& way);

}  // namespace bouton::numeric
