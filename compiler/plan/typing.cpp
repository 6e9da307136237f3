// Types of ops: the signatures of ops.def applied to operands.
#include <fmt/format.h>

#include "compiler/plan/query.h"
#include "compiler/plan/signature.h"

namespace bouton::plan {
namespace {

std::string check_count(const Signature& signature, std::size_t given) {
  const bool variadic =
      !signature.operands.empty() && signature.operands.back() == TypeClass::Reals;
  if (variadic || given == signature.operands.size()) return {};
  return fmt::format("{} operands, needs {}", given, signature.operands.size());
}

TypeClass class_at(const Signature& signature, std::size_t index) {
  return index < signature.operands.size() ? signature.operands[index] : signature.operands.back();
}

// The type of the operands that share a class, or of the first of them.
std::optional<Type> class_type(const Signature& signature, std::span<const Type> operands,
                               std::size_t before) {
  for (std::size_t i = 0; i < before; ++i)
    if (is_class(class_at(signature, i))) return operands[i];
  return {};
}

std::string check_operand(const Signature& signature, std::span<const Type> operands,
                          std::size_t index) {
  const TypeClass wanted = class_at(signature, index);
  const Type given = operands[index];
  if (!accepts(wanted, given))
    return fmt::format("operand {} is {}, needs {}", index + 1, print(given), name_of(wanted));
  const std::optional<Type> earlier = class_type(signature, operands, index);
  if (is_class(wanted) && earlier && *earlier != given)
    return fmt::format("operand {} is {}, an earlier one {}", index + 1, print(given),
                       print(*earlier));
  return {};
}

Type type_named(TypeClass type_class) {
  switch (type_class) {
    case TypeClass::Bool:
      return kBool;
    case TypeClass::Double:
      return kDouble;
    case TypeClass::U32:
      return kU32;
    case TypeClass::U64:
      return kU64;
    case TypeClass::Step:
      return kI64;
    default:
      return kReal;
  }
}

}  // namespace

std::string operand_mismatch(OpCode code, std::span<const Type> operands) {
  const Signature& signature = signature_of(code);
  std::string mismatch = check_count(signature, operands.size());
  for (std::size_t i = 0; mismatch.empty() && i < operands.size(); ++i)
    mismatch = check_operand(signature, operands, i);
  return mismatch;
}

bool has_result(OpCode code) { return signature_of(code).result != TypeClass::None; }

bool declares_result(OpCode code) { return signature_of(code).result == TypeClass::Attr; }

std::optional<Type> result_type(OpCode code, std::span<const Type> operands, Type declared) {
  if (!has_result(code) || !operand_mismatch(code, operands).empty()) return {};
  const Signature& signature = signature_of(code);
  if (signature.result == TypeClass::Attr) return declared;
  if (signature.result == TypeClass::Same) return class_type(signature, operands, operands.size());
  return type_named(signature.result);
}

}  // namespace bouton::plan
