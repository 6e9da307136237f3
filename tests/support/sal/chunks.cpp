#include "tests/support/sal/chunks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace bouton::numeric {

using runtime::Tensor;

std::vector<Tensor> chunks_of(const runtime::Results& results, const std::string& name) {
  std::vector<Tensor> chunks;
  for (const runtime::ResultTable& table : results.tables) {
    const auto column = std::ranges::find(table.names, name);
    if (column == table.names.end()) continue;
    for (const auto& row : table.rows)
      chunks.push_back(*row[static_cast<std::size_t>(column - table.names.begin())].as<Tensor>());
  }
  EXPECT_FALSE(chunks.empty()) << "nothing recorded as " << name;
  return chunks;
}

Estimate estimate(const std::vector<Tensor>& chunks) {
  EXPECT_GE(chunks.size(), 2U);
  const auto count = static_cast<double>(chunks.size());
  Estimate result{Tensor(chunks.front().shape()), Tensor(chunks.front().shape())};
  for (std::size_t i = 0; i < result.mean.size(); ++i) {
    for (const Tensor& chunk : chunks) result.mean[i] += chunk[i] / count;
    double squares = 0;
    for (const Tensor& chunk : chunks) squares += std::pow(chunk[i] - result.mean[i], 2);
    result.error[i] = std::sqrt(squares / (count * (count - 1)));
  }
  return result;
}

double largest_deviation(const Estimate& a, const Estimate& b) {
  EXPECT_EQ(a.mean.shape(), b.mean.shape());
  double largest = 0;
  for (std::size_t i = 0; i < a.mean.size(); ++i) {
    const double difference = std::abs(a.mean[i] - b.mean[i]);
    if (difference == 0) continue;
    const double error = std::hypot(a.error[i], b.error[i]);
    largest =
        std::max(largest, error > 0 ? difference / error : std::numeric_limits<double>::infinity());
  }
  return largest;
}

}  // namespace bouton::numeric
