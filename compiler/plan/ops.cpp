#include "compiler/plan/ops.h"

#include <array>
#include <cstddef>

namespace bouton::plan {
namespace {

constexpr auto kOps = std::to_array<OpInfo>({
#define BOUTON_OP(code, text, signature, attribute) \
  {OpCode::code, text, signature, AttributeKind::attribute},
#include "compiler/plan/ops.def"
#undef BOUTON_OP
});

}  // namespace

const OpInfo& info_of(OpCode code) { return kOps[static_cast<std::size_t>(code)]; }

std::span<const OpInfo> all_ops() { return kOps; }

}  // namespace bouton::plan
