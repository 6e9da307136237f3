// Why an output cannot be used or written, and what to do.
#pragma once

#include <string>

namespace bouton::runtime {

struct OutputProblem {
  std::string message;
  std::string hint;
};

}  // namespace bouton::runtime
