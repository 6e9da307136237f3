#include "compiler/elaborate/network.h"

#include <algorithm>

#include "compiler/base/match.h"

namespace bouton::elaborate {

bool has_synapse(const Projection& projection, std::int64_t post, std::int64_t pre) {
  const bool same = projection.pre.population == projection.post.population &&
                    projection.pre.first + pre == projection.post.first + post;
  return match(
      projection.connectivity,
      [&](const DenseConnectivity& dense) { return !dense.no_self || !same; },
      [&](const OneToOneConnectivity&) { return pre == post; },
      [&](const SparseConnectivity& sparse) {
        const auto row = std::equal_range(sparse.post.begin(), sparse.post.end(), post);
        const auto first = sparse.pre.begin() + (row.first - sparse.post.begin());
        const auto last = sparse.pre.begin() + (row.second - sparse.post.begin());
        return std::binary_search(first, last, pre);
      });
}

std::int64_t synapse_count(const Projection& projection) {
  std::int64_t count = 0;
  for (std::int64_t post = 0; post < projection.post.count; ++post)
    for (std::int64_t pre = 0; pre < projection.pre.count; ++pre)
      if (has_synapse(projection, post, pre)) ++count;
  return count;
}

}  // namespace bouton::elaborate
