// `bouton recover out.h5`: the result file of a run that did not come to write it, from its spool.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runtime/output/problem.h"

namespace bouton::runtime {

struct Recovered {
  std::filesystem::path written;  // empty: nothing was written
  std::size_t rows = 0;
  std::string state;  // `complete`, or why the run is not
  std::string hash;
  std::vector<std::string> notes;
  std::optional<OutputProblem> problem;
};

// The spool stays if the run can be resumed from it; with `final_words` it goes.
[[nodiscard]] Recovered recover(const std::filesystem::path& output, bool final_words);

}  // namespace bouton::runtime
