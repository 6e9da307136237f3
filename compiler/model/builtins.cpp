#include "compiler/model/builtins.h"

#include <array>
#include <cstddef>

#include "compiler/base/check.h"

namespace bouton::model {

namespace {

constexpr auto kBuiltins = std::to_array<Builtin>({
#define BOUTON_BUILTIN(name, signature, where, min, max, named, rank, summary) \
  {#name, Signature::signature, Where::where, min, max, named, rank, summary},
#include "compiler/model/builtins.def"
#undef BOUTON_BUILTIN
});

}  // namespace

std::span<const Builtin> builtins() { return kBuiltins; }

std::optional<BuiltinId> find_builtin(std::string_view name) {
  for (std::size_t i = 0; i < kBuiltins.size(); ++i)
    if (kBuiltins[i].name == name) return BuiltinId{static_cast<std::uint32_t>(i)};
  return std::nullopt;
}

const Builtin& builtin(BuiltinId id) {
  BOUTON_CHECK(id.value < kBuiltins.size(), "builtin id out of range");
  return kBuiltins[id.value];
}

}  // namespace bouton::model
