// The operations of kernels: the table ops.def as values. Bodies are SSA and branch-free; masks are
// Bool values.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace bouton::plan {

enum class OpCode : std::uint8_t {
#define BOUTON_OP(code, text, signature, attribute) code,
#include "compiler/plan/ops.def"
#undef BOUTON_OP
};

// What stands beside an op's operands: the alternative of Attribute (kernel.h) it must hold.
enum class AttributeKind : std::uint8_t {
  None,
  Constant,
  Axis,
  Input,
  Access,
  Fault,
  Function,
  Stream,
};

struct OpInfo {
  OpCode code;
  std::string_view text;
  std::string_view signature;  // "real real -> real", see ops.def
  AttributeKind attribute;
};

[[nodiscard]] const OpInfo& info_of(OpCode code);
[[nodiscard]] std::span<const OpInfo> all_ops();

}  // namespace bouton::plan
