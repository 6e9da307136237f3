#include "compiler/diagnostics/suggest.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace bouton::diagnostics {
namespace {

constexpr std::size_t kLongestName = 64;  // the distance takes quadratic time
constexpr std::size_t kMostListed = 10;
constexpr std::size_t kShortestBeginning = 3;

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_but_for_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return to_lower(x) == to_lower(y); });
}

// A case difference costs nothing, so that it does not use up what may differ otherwise.
std::size_t distance_for_suggestion(std::string_view seen, std::string_view candidate) {
  if (equal_but_for_case(seen, candidate)) return 0;
  return edit_distance(seen, candidate);
}

// `learning` for `learn`, if it is the only one that begins so.
std::optional<std::string> longer_name(std::string_view seen,
                                       std::span<const std::string> candidates) {
  if (seen.size() < kShortestBeginning) return std::nullopt;
  const auto begins = [&](const std::string& candidate) {
    return candidate.size() > seen.size() && candidate.starts_with(seen);
  };
  const auto first = std::ranges::find_if(candidates, begins);
  if (first == candidates.end() || std::ranges::count_if(candidates, begins) > 1)
    return std::nullopt;
  return *first;
}

}  // namespace

std::size_t edit_distance(std::string_view from, std::string_view to) {
  // Rows of the optimal string alignment distance; `before` is needed for swaps.
  std::vector<std::size_t> before(to.size() + 1);
  std::vector<std::size_t> above(to.size() + 1);
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= from.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[to.size()];
}

std::optional<std::string> suggest_name(std::string_view seen,
                                        std::span<const std::string> candidates) {
  if (seen.empty() || seen.size() > kLongestName) return std::nullopt;
  const std::size_t farthest = std::max<std::size_t>(1, seen.size() / 3);
  std::optional<std::string> best;
  std::size_t best_distance = farthest + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongestName || candidate == seen) continue;
    const std::size_t distance = distance_for_suggestion(seen, candidate);
    const bool nothing_in_common = distance >= std::max(seen.size(), candidate.size());
    if (distance >= best_distance || nothing_in_common) continue;
    best = candidate;
    best_distance = distance;
  }
  return best ? best : longer_name(seen, candidates);
}

std::string suggest_hint(std::string_view seen, std::span<const std::string> candidates) {
  const auto name = suggest_name(seen, candidates);
  return name ? fmt::format("did you mean `{}`?", *name) : std::string();
}

std::string suggest_or_list(std::string_view seen, std::span<const std::string> candidates) {
  const std::string hint = suggest_hint(seen, candidates);
  if (!hint.empty() || candidates.empty()) return hint;
  const auto listed = candidates.first(std::min(candidates.size(), kMostListed));
  return fmt::format("it has `{}`{}", fmt::join(listed, "`, `"),
                     listed.size() < candidates.size() ? " and more" : "");
}

}  // namespace bouton::diagnostics
