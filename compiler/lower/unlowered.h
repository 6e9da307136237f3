// The constructs that lowering refuses, as unlowered.def lists them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace bouton::lower {

enum class Unlowered : std::uint8_t {
#define BOUTON_UNLOWERED(name, subject, hint, sample, capability) name,
#include "compiler/lower/unlowered.def"
#undef BOUTON_UNLOWERED
};

struct UnloweredInfo {
  Unlowered construct;
  std::string_view name;
  std::string_view subject;     // "`noise`"
  std::string_view hint;        // what works instead
  std::string_view sample;      // file that is refused with this message
  std::string_view capability;  // what removes the line
};

[[nodiscard]] const UnloweredInfo& info_of(Unlowered construct);
[[nodiscard]] std::span<const UnloweredInfo> all_unlowered();

}  // namespace bouton::lower
