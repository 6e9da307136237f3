// The mean of the last samples of a value, as SEMANTICS 19 defines it: the suffix sum of the
// previous block of n samples, built backwards when the block is full, plus the prefix sum of the
// current block. Kept whole because the suffix sums are a scan, which kernels do not express.
#pragma once

#include <optional>
#include <string>

#include "compiler/plan/types.h"

namespace bouton::plan {

// With m samples counted before this one (`count`, which then grows by 1), n = `length`, b = m mod
// n: if b = 0, suffix[i] becomes the sum of samples[n-1], …, samples[i] (descending) and prefix 0;
// samples[b] := what; prefix += what; mean := ((m + 1 > n ? suffix[b+1] : 0) + prefix)/min(m + 1,
// n), where suffix[n] = 0. With `first`, an x0 is sample 0 of a new count.
struct MovingAverage {
  std::string name;
  CircuitId circuit;
  ColumnId what;                  // real [axis]
  ColumnId mean;                  // real [axis]
  ExtentId length;                // n >= 1
  ColumnId samples;               // real [axis, ring of n], History
  ColumnId suffix;                // real [axis, ring of n], History
  ColumnId prefix;                // real [axis], State
  ColumnId count;                 // i64 [axis], State
  std::optional<ColumnId> first;  // real [axis]
};

}  // namespace bouton::plan
