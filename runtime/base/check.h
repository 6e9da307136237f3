// Broken promises of the caller inside the runtime: says what, then aborts. Never used for errors
// of a program.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace bouton::runtime {

inline void require(bool promise, const char* what) {
  if (promise) return;
  std::fprintf(stderr, "bouton: internal error in the runtime: %s\n", what);
  std::abort();
}

}  // namespace bouton::runtime
