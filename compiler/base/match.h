// Exhaustive dispatch over a variant: one lambda per alternative, a missing one is a compile error.
#pragma once

#include <utility>
#include <variant>

namespace bouton {

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

template <typename Variant, typename... Cases>
decltype(auto) match(Variant&& value, Cases&&... cases) {
  return std::visit(Overloaded{std::forward<Cases>(cases)...}, std::forward<Variant>(value));
}

}  // namespace bouton
