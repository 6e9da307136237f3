#include "runtime/host/observation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "runtime/analysis/states.h"
#include "runtime/library/reductions.h"
#include "runtime/math/math.h"
#include "runtime/sum/eight_sums.h"

namespace bouton::runtime {

namespace {

constexpr double kMostSampleBytes = 8e9;
constexpr std::int64_t kFirstSpikeCapacity = 4096;

bool is_sampled(ObserverKind kind) {
  return kind != ObserverKind::Count && kind != ObserverKind::Spikes &&
         kind != ObserverKind::StateHistogram;
}

Shape shape_of(std::vector<std::size_t> extents) {
  auto shape = make_shape(extents);
  return shape.ok() ? *shape : Shape{};
}

template <typename Pick>
double fold(const std::vector<double>& numbers, Pick pick) {
  double result = numbers.front();
  for (const double number : numbers) result = pick(result, number);
  return result;
}

double reduce(ObserverKind kind, const std::vector<double>& numbers) {
  switch (kind) {
    case ObserverKind::Mean:
      return mean_of(numbers);
    case ObserverKind::Variance:
      return variance_of(numbers);
    case ObserverKind::Minimum:
      return fold(numbers, [](double a, double b) { return math::min(a, b); });
    case ObserverKind::Maximum:
      return fold(numbers, [](double a, double b) { return math::max(a, b); });
    case ObserverKind::Last:
      return numbers.back();
    default: {
      sum::EightSums<double> total;
      for (std::size_t i = 0; i < numbers.size(); ++i) total.add(i, numbers[i]);
      return total.total();
    }
  }
}

}  // namespace

Observation::Observation(const ObserverInfo& info, std::int64_t steps, std::int64_t every,
                         std::int64_t after, int lanes)
    : info_(info), steps_(steps), every_(every), after_(after), lanes_(lanes) {}

std::int64_t Observation::elements() const {
  std::int64_t product = 1;
  for (const std::int64_t extent : info_.extents) product *= extent;
  return product;
}

std::int64_t Observation::samples() const {
  return after_ >= steps_ ? 0 : (steps_ - after_ + every_ - 1) / every_;
}

Failed Observation::check_size() const {
  if (info_.kind == ObserverKind::StateHistogram &&
      elements() > static_cast<std::int64_t>(kMostCountedNeurons))
    return Problem{info_.place, "a histogram of states counts at most 24 neurons", ""};
  if (!is_sampled(info_.kind)) return std::nullopt;
  const double bytes =
      8.0 * static_cast<double>(samples()) * static_cast<double>(elements()) * lanes_;
  if (bytes <= kMostSampleBytes) return std::nullopt;
  return Problem{info_.place,
                 fmt::format("{} samples of {} numbers would take {:.1f} GB", samples(), elements(),
                             bytes / 1e9),
                 "sample less often with `every`, or run in parts"};
}

void Observation::begin(ObserverSlot& slot) {
  const auto cells = static_cast<std::size_t>(elements() * lanes_);
  slot = {every_, after_, 1, 0, nullptr};
  if (is_sampled(info_.kind)) {
    sampled_.assign(static_cast<std::size_t>(samples()) * cells, 0.0);
    slot.cells = sampled_.data();
  } else if (info_.kind == ObserverKind::Spikes) {
    buffers_.resize(static_cast<std::size_t>(lanes_));
    spike_steps_.resize(buffers_.size());
    spike_elements_.resize(buffers_.size());
    make_room();
    slot.cells = buffers_.data();
  } else {
    const auto states = std::size_t{1} << static_cast<unsigned>(elements());
    const bool histogram = info_.kind == ObserverKind::StateHistogram;
    counted_.assign(histogram ? states * static_cast<std::size_t>(lanes_) : cells, 0);
    slot.cells = counted_.data();
  }
}

void Observation::make_room() {
  for (std::size_t lane = 0; lane < buffers_.size(); ++lane) {
    SpikeBuffer& buffer = buffers_[lane];
    if (buffer.size + elements() <= buffer.capacity) continue;
    buffer.capacity =
        std::max({kFirstSpikeCapacity, 2 * buffer.capacity, buffer.size + elements()});
    spike_steps_[lane].resize(static_cast<std::size_t>(buffer.capacity));
    spike_elements_[lane].resize(static_cast<std::size_t>(buffer.capacity));
    buffer.step = spike_steps_[lane].data();
    buffer.element = spike_elements_[lane].data();
  }
}

double Observation::sample(std::int64_t number, std::int64_t element, int lane) const {
  return sampled_[static_cast<std::size_t>((number * elements() + element) * lanes_ + lane)];
}

Value Observation::counts(int lane) const {
  std::vector<double> numbers;
  for (auto i = static_cast<std::size_t>(lane); i < counted_.size();
       i += static_cast<std::size_t>(lanes_))
    numbers.push_back(static_cast<double>(counted_[i]));
  return Value(Tensor::vector(std::move(numbers)));
}

Outcome<Value> Observation::reduced(int lane) const {
  if (samples() == 0) return problem_at(info_.place, nothing_observed());
  std::vector<std::size_t> extents(info_.extents.begin(), info_.extents.end());
  Tensor result(shape_of(extents));
  std::vector<double> numbers(static_cast<std::size_t>(samples()));
  for (std::int64_t element = 0; element < elements(); ++element) {
    for (std::int64_t n = 0; n < samples(); ++n)
      numbers[static_cast<std::size_t>(n)] = sample(n, element, lane);
    result[static_cast<std::size_t>(element)] = reduce(info_.kind, numbers);
  }
  return Value(std::move(result));
}

Outcome<Value> Observation::result(int lane) const {
  if (info_.kind == ObserverKind::Count || info_.kind == ObserverKind::StateHistogram)
    return counts(lane);
  if (info_.kind == ObserverKind::Spikes) {
    const auto which = static_cast<std::size_t>(lane);
    const auto size = static_cast<std::ptrdiff_t>(buffers_[which].size);
    return Value(
        SpikeList{{spike_steps_[which].begin(), spike_steps_[which].begin() + size},
                  {spike_elements_[which].begin(), spike_elements_[which].begin() + size}});
  }
  if (info_.kind != ObserverKind::Samples) return reduced(lane);
  std::vector<std::size_t> extents = {static_cast<std::size_t>(samples())};
  extents.insert(extents.end(), info_.extents.begin(), info_.extents.end());
  if (extents.size() > kMaxRank)
    return Problem{info_.place, "samples of this array would have more than four axes", ""};
  Tensor result(shape_of(extents));
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = sampled_[i * static_cast<std::size_t>(lanes_) + static_cast<std::size_t>(lane)];
  return Value(std::move(result));
}

}  // namespace bouton::runtime
