#include "runtime/library/distributions.h"

#include "runtime/analysis/boltzmann.h"
#include "runtime/analysis/divergence.h"

namespace bouton::runtime {
namespace {

Result<const Tensor*> distribution_argument(const Arguments& arguments, std::size_t index) {
  const auto* record = arguments.values[index].as<Record>();
  const Value* probabilities = record == nullptr ? nullptr : record->find("probabilities");
  const auto* tensor = probabilities == nullptr ? nullptr : probabilities->as<Tensor>();
  return tensor == nullptr ? array_argument(arguments, index) : Result<const Tensor*>(tensor);
}

}  // namespace

Result<Value> boltzmann_of(const Arguments& arguments) {
  const Result<const Tensor*> weights = matrix_argument(arguments, 0);
  if (!weights) return weights.error();
  const Result<const Tensor*> biases = array_argument(arguments, 1);
  if (!biases) return biases.error();
  Result<Boltzmann> result = boltzmann(**weights, **biases, arguments.watch);
  if (!result) return result.error();
  return Value(Record{{{"probabilities", std::move(result->probabilities)},
                       {"marginals", std::move(result->marginals)},
                       {"coactivation", std::move(result->coactivation)}}});
}

Result<Value> divergence_of(const Arguments& arguments) {
  const Result<const Tensor*> p = distribution_argument(arguments, 0);
  if (!p) return p.error();
  const Result<const Tensor*> q = distribution_argument(arguments, 1);
  if (!q) return q.error();
  const Result<double> distance = divergence(**p, **q);
  if (!distance) return distance.error();
  return Value(*distance);
}

}  // namespace bouton::runtime
