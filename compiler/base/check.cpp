#include "compiler/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace bouton {

void report_internal_error(const char* file, int line, const char* condition, const char* why) {
  std::fprintf(
      stderr,
      "bouton: internal error at %s:%d: %s (%s)\nPlease report this with the source file.\n", file,
      line, why, condition);
  std::abort();
}

}  // namespace bouton
