#include "runtime/program/cpu_features.h"

#include <array>

namespace bouton::runtime {

#if defined(__x86_64__)

namespace {

#define BOUTON_CPU_FEATURE(name) std::string_view(name),
constexpr std::array kFeatures = {
#include "runtime/program/cpu_features.def"
};
#undef BOUTON_CPU_FEATURE

}  // namespace

std::span<const std::string_view> known_cpu_features() { return kFeatures; }

bool cpu_has(std::string_view feature) {
  __builtin_cpu_init();
#define BOUTON_CPU_FEATURE(name) \
  if (feature == (name)) return __builtin_cpu_supports(name) != 0;
#include "runtime/program/cpu_features.def"
#undef BOUTON_CPU_FEATURE
  return false;
}

#else

std::span<const std::string_view> known_cpu_features() { return {}; }
bool cpu_has(std::string_view) { return false; }

#endif

}  // namespace bouton::runtime
