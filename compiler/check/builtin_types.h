// The type of a builtin's result from its arguments', one function per family of signatures. The
// number of arguments has been checked; arguments are converted in place.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/model/builtins.h"

namespace bouton::check {

struct BuiltinUse {
  const model::Builtin& builtin;
  const ast::Call& call;
  std::vector<Typed>& arguments;
};

// Elementwise functions of numbers.
[[nodiscard]] Type type_of_pure(const BuiltinUse& use, Context& context);
[[nodiscard]] Type type_of_same_unit(const BuiltinUse& use, Context& context);
[[nodiscard]] Type type_of_root(const BuiltinUse& use, Context& context);
[[nodiscard]] Type type_of_filter(const BuiltinUse& use, Context& context);

// Functions of whole arrays and lists.
[[nodiscard]] Type type_of_reduction(const BuiltinUse& use, Context& context);
[[nodiscard]] Type type_of_reshape(const BuiltinUse& use, Context& context);
[[nodiscard]] Type type_of_product(const BuiltinUse& use, Context& context);
[[nodiscard]] Type type_of_measure(const BuiltinUse& use, Context& context);
[[nodiscard]] Type type_of_random_array(const BuiltinUse& use, Context& context);
[[nodiscard]] Type type_of_sequence(const BuiltinUse& use, Context& context);
[[nodiscard]] Type type_of_boltzmann(const BuiltinUse& use, Context& context);
[[nodiscard]] Type type_of_file(const BuiltinUse& use, Context& context);

// The rank of an array whose shape is `[a, b]`; nothing if it is not spelled out.
[[nodiscard]] std::optional<int> rank_of_shape(const ast::Expr& shape);

}  // namespace bouton::check
