// Things of one declaration that need each other, and an order in which each stands after those
// that it needs.
#pragma once

#include <cstddef>
#include <set>
#include <vector>

namespace bouton::check {

// By thing: those that it needs.
using Needs = std::vector<std::set<std::size_t>>;

// The earliest first where there is a choice. Those on or behind a cycle are missing.
[[nodiscard]] std::vector<std::size_t> sort_by_needs(const Needs& needs);

// A cycle where there is one: each needs the one behind it, the last needs the first.
[[nodiscard]] std::vector<std::size_t> find_cycle(const Needs& needs);

}  // namespace bouton::check
