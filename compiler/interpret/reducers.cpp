#include "compiler/interpret/reducers.h"

#include "compiler/base/check.h"
#include "runtime/math/math.h"
#include "runtime/sum/eight_sums.h"

namespace bouton::interpret {

namespace {

using model::Reducer;
using runtime::Tensor;

double sum_of(const std::vector<Tensor>& samples, std::size_t element) {
  runtime::sum::EightSums<double> sum;
  for (std::size_t n = 0; n < samples.size(); ++n) sum.add(n, samples[n][element]);
  return sum.total();
}

double variance_of(const std::vector<Tensor>& samples, std::size_t element) {
  const auto count = static_cast<double>(samples.size());
  const double mean = sum_of(samples, element) / count;
  runtime::sum::EightSums<double> sum;
  for (std::size_t n = 0; n < samples.size(); ++n) {
    const double deviation = samples[n][element] - mean;
    sum.add(n, deviation * deviation);
  }
  return sum.total() / count;
}

template <typename Pick>
double extreme_of(const std::vector<Tensor>& samples, std::size_t element, Pick pick) {
  double extreme = samples.front()[element];
  for (const Tensor& sample : samples) extreme = pick(extreme, sample[element]);
  return extreme;
}

double reduce_element(Reducer reducer, const std::vector<Tensor>& samples, std::size_t element) {
  namespace math = runtime::math;
  switch (reducer) {
    case Reducer::Mean:
      return sum_of(samples, element) / static_cast<double>(samples.size());
    case Reducer::Sum:
      return sum_of(samples, element);
    case Reducer::Variance:
      return variance_of(samples, element);
    case Reducer::Min:
      return extreme_of(samples, element, [](double a, double b) { return math::min(a, b); });
    case Reducer::Max:
      return extreme_of(samples, element, [](double a, double b) { return math::max(a, b); });
    case Reducer::Last:
      return samples.back()[element];
    default:
      BOUTON_UNREACHABLE("a reducer of numbers");
  }
}

runtime::Result<Tensor> stack(const std::vector<Tensor>& samples) {
  std::vector<std::size_t> extents{samples.size()};
  const auto inner = samples.empty() ? runtime::Shape{} : samples.front().shape();
  extents.insert(extents.end(), inner.extents().begin(), inner.extents().end());
  const auto shape = runtime::make_shape(extents);
  if (!shape) return shape.error();
  std::vector<double> data;
  for (const Tensor& sample : samples)
    data.insert(data.end(), sample.data().begin(), sample.data().end());
  return Tensor(*shape, std::move(data));
}

}  // namespace

runtime::Result<Tensor> reduce(Reducer reducer, const std::vector<Tensor>& samples) {
  if (reducer == Reducer::Samples) return stack(samples);
  BOUTON_CHECK(!samples.empty(), "a reduction of nothing");
  Tensor result(samples.front().shape());
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = reduce_element(reducer, samples, i);
  return result;
}

}  // namespace bouton::interpret
