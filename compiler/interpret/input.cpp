#include "compiler/interpret/input.h"

#include "runtime/sum/eight_sums.h"
#include "runtime/sum/fixed_sum.h"

namespace bouton::interpret {

namespace {

using model::Psp;

// The arrivals at this synapse that may act in the current step. Where psp(0) is 0 a spike acts
// from the step after its arrival on, and hides older ones only from then on.
class Arrivals {
 public:
  Arrivals(const ProjectionState& projection, const NetworkState& state)
      : spikes_(state.populations[projection.projection->pre.population.value].spikes),
        first_(static_cast<std::size_t>(projection.projection->pre.first)),
        samples_(projection.projection->synapse->psp->samples) {
    const elaborate::Delays& delays = projection.projection->delays;
    now_ = state.step - delays.axonal - delays.dendritic;
    const bool prompt = !samples_.empty() && samples_.front() != 0.0;
    last_ = prompt ? now_ : now_ - 1;
    first_seen_ = projection.first_seen;
  }

  // Calls `use(psp)` for every spike of presynaptic neuron j whose psp is not 0, oldest first; for
  // the last spike only if `renewing`.
  template <typename Use>
  void each(std::size_t j, Psp::Overlap overlap, Use use) const {
    const auto& spikes = spikes_[first_ + j];
    std::size_t end = spikes.size();
    while (end > 0 && spikes[end - 1] > last_) --end;
    std::size_t begin = end;
    const std::size_t most = overlap == Psp::Overlap::Renewing ? 1 : end;
    while (begin > 0 && end - begin < most && acts(spikes[begin - 1])) --begin;
    for (std::size_t i = begin; i < end; ++i) {
      const double psp = samples_[static_cast<std::size_t>(now_ - spikes[i])];
      if (psp != 0.0) use(psp);
    }
  }

 private:
  [[nodiscard]] bool acts(std::int64_t spike) const {
    return spike >= first_seen_ && now_ - spike < static_cast<std::int64_t>(samples_.size());
  }

  const std::vector<std::vector<std::int64_t>>& spikes_;
  std::size_t first_;
  const std::vector<double>& samples_;
  std::int64_t now_ = 0;
  std::int64_t last_ = 0;
  std::int64_t first_seen_ = 0;
};

double exact_sum(const ProjectionState& projection, const Arrivals& arrivals, Psp::Overlap overlap,
                 std::size_t post, NetworkState& state) {
  const elaborate::RealArithmetic arithmetic = state.network->arithmetic();
  runtime::sum::FixedSum<double> sum;
  for (std::size_t j = 0; j < projection.pres; ++j) {
    const std::size_t s = projection.synapse(post, j);
    if (!projection.exists[s]) continue;
    arrivals.each(j, overlap,
                  [&](double psp) { sum.add(arithmetic.multiply(projection.weights[s], psp)); });
  }
  const elaborate::Projection& declared = *projection.projection;
  if (sum.has_overflowed())
    complain(declared.span, runtime::input_out_of_range(declared.name),
             state.network->populations[declared.post.population],
             static_cast<std::size_t>(declared.post.first) + post, state);
  return arithmetic.multiply(arithmetic.round(sum.units()), 0x1p-44);
}

// Potentials of one neuron first, in Real, float or double.
template <typename Real>
Real ordered_sum(const ProjectionState& projection, const Arrivals& arrivals, Psp::Overlap overlap,
                 std::size_t post) {
  runtime::sum::EightSums<Real> sum;
  for (std::size_t j = 0; j < projection.pres; ++j) {
    const std::size_t s = projection.synapse(post, j);
    if (!projection.exists[s]) continue;
    Real response = 0;
    arrivals.each(j, overlap, [&](double psp) { response += static_cast<Real>(psp); });
    sum.add(j, runtime::sum::weighted(static_cast<Real>(projection.weights[s]), response));
  }
  return sum.total();
}

// Of a continuous variable at one neuron, in Real, float or double.
template <typename Real>
Real variable_sum(const ProjectionState& projection, std::size_t post, const NetworkState& state) {
  const elaborate::Projection& declared = *projection.projection;
  const PopulationState& pres = state.populations[declared.pre.population.value];
  const SlotTable& sent = pres.at_delay(declared.delays.axonal);
  runtime::sum::EightSums<Real> sum;
  for (std::size_t j = 0; j < projection.pres; ++j) {
    const std::size_t s = projection.synapse(post, j);
    if (!projection.exists[s]) continue;
    const std::size_t neuron = static_cast<std::size_t>(declared.pre.first) + j;
    const auto x = static_cast<Real>(sent.at(neuron, *declared.pre_variable).real);
    sum.add(j, runtime::sum::weighted(static_cast<Real>(projection.weights[s]), x));
  }
  return sum.total();
}

std::vector<double> variable_sums(const ProjectionState& projection, const NetworkState& state) {
  std::vector<double> sums;
  for (std::size_t i = 0; i < projection.posts; ++i)
    sums.push_back(state.network->arithmetic().in_type(
        [&](auto zero) { return double{variable_sum<decltype(zero)>(projection, i, state)}; }));
  return sums;
}

void add_variable(const ProjectionState& projection, PopulationState& target,
                  const NetworkState& state) {
  const elaborate::Projection& declared = *projection.projection;
  const bool delayed = declared.delays.dendritic > 0;
  const std::vector<double> sums =
      delayed ? projection.under_way.front() : variable_sums(projection, state);
  for (std::size_t i = 0; i < projection.posts; ++i) {
    double& input =
        target.now.at(static_cast<std::size_t>(declared.post.first) + i, declared.input).real;
    input = state.network->arithmetic().add(input, sums[i]);
  }
}

void add_projection(const ProjectionState& projection, PopulationState& target,
                    NetworkState& state) {
  const elaborate::Projection& declared = *projection.projection;
  if (declared.pre_variable) return add_variable(projection, target, state);
  const elaborate::SynapseInstance& synapse = *declared.synapse;
  const Psp::Overlap overlap = state.network->program->synapses[synapse.synapse].psp->overlap;
  const Arrivals arrivals(projection, state);
  const elaborate::RealArithmetic arithmetic = state.network->arithmetic();
  for (std::size_t i = 0; i < projection.posts; ++i) {
    const auto in_order = [&](auto zero) {
      return double{ordered_sum<decltype(zero)>(projection, arrivals, overlap, i)};
    };
    const double sum = synapse.psp->level ? exact_sum(projection, arrivals, overlap, i, state)
                                          : arithmetic.in_type(in_order);
    double& input =
        target.now.at(static_cast<std::size_t>(declared.post.first) + i, declared.input).real;
    input = arithmetic.add(input, sum);
  }
}

}  // namespace

void sum_input(PopulationId id, model::SymbolId input, NetworkState& state) {
  PopulationState& population = state.population(id);
  for (std::size_t i = 0; i < population.size; ++i) population.now.at(i, input).real = 0.0;
  for (std::size_t p = 0; p < state.projections.size(); ++p) {
    const ProjectionState& projection = state.projections[p];
    const elaborate::Projection& declared = *projection.projection;
    const bool silent = state.activity.silent[p] ||
                        state.activity.silent_populations[declared.pre.population.value];
    if (!silent && declared.post.population == id && declared.input == input)
      add_projection(projection, population, state);
  }
}

void send_variables(NetworkState& state) {
  for (ProjectionState& projection : state.projections) {
    if (!state.steps_now(projection) || projection.under_way.empty()) continue;
    projection.under_way.push_back(variable_sums(projection, state));
    projection.under_way.pop_front();
  }
}

}  // namespace bouton::interpret
