// The mean of the last samples of a value, as SEMANTICS 19 defines it: the suffix sum of the
// previous block of n samples, built backwards when the block is full, plus the prefix sum of the
// current block. Kept whole because the suffix sums are a scan, which kernels do not express.
#pragma once

#include <optional>
#include <string>

#include "compiler/plan/types.h"

namespace bouton::plan {

// With m samples counted before this one (`count`, which then grows by 1), n = `length`, b = m mod
// n: if b = 0, samples[i] becomes samples[n-1] + … + samples[i] (added in descending order) and
// prefix 0; then prefix += what; mean := ((m + 1 > n and b + 1 < n ? samples[b+1] : 0) +
// prefix)/min(m + 1, n); samples[b] := what. So one ring holds the suffix sums of the previous
// block and, as these are used up, the samples of the current one. With `first`, an x0 is sample 0
// of a new count.
struct MovingAverage {
  std::string name;
  CircuitId circuit;
  ColumnId what;                  // real [axis]
  ColumnId mean;                  // real [axis]
  ExtentId length;                // n >= 1
  ColumnId samples;               // real [ring of n, axis], History
  ColumnId prefix;                // real [axis], State
  ColumnId count;                 // i64, without axes: the same for all elements; State
  std::optional<ColumnId> first;  // real [axis]
  source::Span span{};
};

}  // namespace bouton::plan
