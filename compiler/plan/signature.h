// The signatures of ops.def, parsed: which types an op takes and gives.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/plan/ops.h"
#include "compiler/plan/types.h"

namespace bouton::plan {

// One word of a signature. Int to Any are classes: operands of one class have one type.
enum class TypeClass : std::uint8_t {
  Real,
  Bool,
  Double,
  U32,
  U64,
  Step,
  Int,
  Fixed,
  Number,
  Any,
  Reals,
  Same,
  Attr,
  None,
};

struct Signature {
  std::vector<TypeClass> operands;
  TypeClass result = TypeClass::None;
};

[[nodiscard]] std::string_view name_of(TypeClass type_class);
[[nodiscard]] bool is_class(TypeClass type_class);
[[nodiscard]] bool accepts(TypeClass type_class, Type type);
[[nodiscard]] const Signature& signature_of(OpCode code);

}  // namespace bouton::plan
