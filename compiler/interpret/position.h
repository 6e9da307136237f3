// How far an experiment is: the share of it that is done, and the share of what is being executed.
#pragma once

#include <cstddef>

namespace bouton::interpret {

struct Position {
  double done = 0;
  double share = 1;

  // Within what is being executed: part i of n equal ones.
  [[nodiscard]] Position part(std::size_t i, std::size_t n) const {
    const double each = share / static_cast<double>(n);
    return {done + each * static_cast<double>(i), each};
  }
};

}  // namespace bouton::interpret
