#include "compiler/check/needs.h"

#include <algorithm>

namespace bouton::check {

std::vector<std::size_t> sort_by_needs(const Needs& needs) {
  std::vector<std::vector<std::size_t>> needed_by(needs.size());
  std::vector<std::size_t> open(needs.size());
  std::set<std::size_t> ready;
  for (std::size_t i = 0; i < needs.size(); ++i) {
    open[i] = needs[i].size();
    if (open[i] == 0) ready.insert(i);
    for (const std::size_t need : needs[i]) needed_by[need].push_back(i);
  }
  std::vector<std::size_t> order;
  while (!ready.empty()) {
    const std::size_t next = *ready.begin();
    ready.erase(ready.begin());
    order.push_back(next);
    for (const std::size_t user : needed_by[next])
      if (--open[user] == 0) ready.insert(user);
  }
  return order;
}

// Walks along needs that cannot be sorted until one comes again.
std::vector<std::size_t> find_cycle(const Needs& needs) {
  std::set<std::size_t> unsorted;
  for (std::size_t i = 0; i < needs.size(); ++i) unsorted.insert(i);
  for (const std::size_t sorted : sort_by_needs(needs)) unsorted.erase(sorted);
  std::vector<std::size_t> path;
  std::size_t at = *unsorted.begin();
  while (std::ranges::find(path, at) == path.end()) {
    path.push_back(at);
    at =
        *std::ranges::find_if(needs[at], [&](std::size_t need) { return unsorted.contains(need); });
  }
  path.erase(path.begin(), std::ranges::find(path, at));
  return path;
}

}  // namespace bouton::check
