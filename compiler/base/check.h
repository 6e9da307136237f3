// Broken assumptions of the compiler itself: prints where and why, then aborts. Never used for user
// errors.
#pragma once

namespace bouton {

[[noreturn]] void report_internal_error(const char* file, int line, const char* condition,
                                        const char* why);

}  // namespace bouton

#define BOUTON_CHECK(condition, why)                                                        \
  do {                                                                                      \
    if (!(condition)) ::bouton::report_internal_error(__FILE__, __LINE__, #condition, why); \
  } while (false)

#define BOUTON_UNREACHABLE(why) \
  ::bouton::report_internal_error(__FILE__, __LINE__, "unreachable", why)
