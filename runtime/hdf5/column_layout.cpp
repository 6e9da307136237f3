#include "runtime/hdf5/column_layout.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace bouton::runtime::hdf5 {

Layout layout_of_column(const MergedTable& table, const ReplicaAxes& axes,
                        const std::vector<std::size_t>& inner) {
  constexpr std::size_t kCellsOfAChunk = std::size_t{1} << 13;
  Layout layout{axes.extents()};
  const std::size_t rows = table.most_rows();
  layout.extents.push_back(rows);
  layout.extents.insert(layout.extents.end(), inner.begin(), inner.end());
  const bool empty = std::ranges::count(layout.extents, std::size_t{0}) > 0;
  if (empty || table.has_equal_rows()) return layout;
  const std::size_t of_row =
      std::accumulate(inner.begin(), inner.end(), std::size_t{1}, std::multiplies<>());
  layout.chunk.assign(axes.extents().size(), 1);
  layout.chunk.push_back(std::clamp(kCellsOfAChunk / of_row, std::size_t{1}, rows));
  layout.chunk.insert(layout.chunk.end(), inner.begin(), inner.end());
  return layout;
}

}  // namespace bouton::runtime::hdf5
