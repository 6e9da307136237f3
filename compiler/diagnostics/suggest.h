// "did you mean": the known name that is closest to an unknown one.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bouton::diagnostics {

// Insertions, deletions, replacements and swaps of neighbours that turn one name into the other.
[[nodiscard]] std::size_t edit_distance(std::string_view from, std::string_view to);

// The closest candidate, the first of several; nullopt if none is close (about one edit in three
// letters). Names that differ in upper and lower case only are always close, and so is the only one
// that begins with the unknown name.
[[nodiscard]] std::optional<std::string> suggest_name(std::string_view seen,
                                                      std::span<const std::string> candidates);

// The same as a hint: "did you mean `tau_ref`?", or nothing.
[[nodiscard]] std::string suggest_hint(std::string_view seen,
                                       std::span<const std::string> candidates);

// The hint, or all candidates if none is close: "it has `n` and `tau_ref`". At most ten are listed.
[[nodiscard]] std::string suggest_or_list(std::string_view seen,
                                          std::span<const std::string> candidates);

}  // namespace bouton::diagnostics
