#include "compiler/lower/unlowered.h"

#include <array>
#include <cstddef>

namespace bouton::lower {

namespace {

constexpr auto kUnlowered = std::to_array<UnloweredInfo>({
#define BOUTON_UNLOWERED(name, subject, hint, sample, capability) \
  {Unlowered::name, #name, subject, hint, sample, capability},
#include "compiler/lower/unlowered.def"
#undef BOUTON_UNLOWERED
});

}  // namespace

const UnloweredInfo& info_of(Unlowered construct) {
  return kUnlowered[static_cast<std::size_t>(construct)];
}

std::span<const UnloweredInfo> all_unlowered() { return kUnlowered; }

}  // namespace bouton::lower
