#include "compiler/plan/signature.h"

#include <array>
#include <cstddef>
#include <utility>

#include "compiler/base/check.h"

namespace bouton::plan {
namespace {

constexpr std::array<std::pair<std::string_view, TypeClass>, 14> kWords{{
    {"real", TypeClass::Real},
    {"bool", TypeClass::Bool},
    {"double", TypeClass::Double},
    {"u32", TypeClass::U32},
    {"u64", TypeClass::U64},
    {"step", TypeClass::Step},
    {"int", TypeClass::Int},
    {"fixed", TypeClass::Fixed},
    {"number", TypeClass::Number},
    {"any", TypeClass::Any},
    {"reals", TypeClass::Reals},
    {"same", TypeClass::Same},
    {"attr", TypeClass::Attr},
    {"none", TypeClass::None},
}};

TypeClass class_named(std::string_view word) {
  for (const auto& [name, type_class] : kWords)
    if (name == word) return type_class;
  BOUTON_UNREACHABLE("ops.def names an unknown type");
}

std::string_view take_word(std::string_view& text) {
  const std::size_t length = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, length);
  text.remove_prefix(std::min(length + 1, text.size()));
  return word;
}

Signature parse_signature(std::string_view text) {
  Signature signature;
  for (std::string_view word = take_word(text); word != "->"; word = take_word(text))
    signature.operands.push_back(class_named(word));
  signature.result = class_named(take_word(text));
  return signature;
}

std::vector<Signature> parse_all() {
  std::vector<Signature> signatures;
  for (const OpInfo& info : all_ops()) signatures.push_back(parse_signature(info.signature));
  return signatures;
}

bool is_integer(Type type) { return type == kI32 || type == kI64 || type == kU32 || type == kU64; }

}  // namespace

std::string_view name_of(TypeClass type_class) {
  return kWords[static_cast<std::size_t>(type_class)].first;
}

bool is_class(TypeClass type_class) {
  return type_class == TypeClass::Int || type_class == TypeClass::Fixed ||
         type_class == TypeClass::Number || type_class == TypeClass::Any;
}

bool accepts(TypeClass type_class, Type type) {
  switch (type_class) {
    case TypeClass::Real:
    case TypeClass::Reals:
      return type == kReal;
    case TypeClass::Bool:
      return type == kBool;
    case TypeClass::Double:
      return type == kDouble;
    case TypeClass::U32:
      return type == kU32;
    case TypeClass::U64:
      return type == kU64;
    case TypeClass::Step:
      return type == kI64;
    case TypeClass::Int:
      return is_integer(type);
    case TypeClass::Fixed:
      return type.scalar == Scalar::Fixed;
    case TypeClass::Number:
      return type == kReal || type.scalar == Scalar::Fixed || is_integer(type);
    case TypeClass::Any:
      return true;
    case TypeClass::Same:
    case TypeClass::Attr:
    case TypeClass::None:
      return false;
  }
  BOUTON_UNREACHABLE("type class");
}

const Signature& signature_of(OpCode code) {
  static const std::vector<Signature> signatures = parse_all();
  return signatures[static_cast<std::size_t>(code)];
}

}  // namespace bouton::plan
