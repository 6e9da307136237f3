// What an observation has taken so far, as bytes.
#include <algorithm>

#include "runtime/host/observation.h"

namespace bouton::runtime {

void Observation::save(Encoder& encoder, const ObserverSlot& slot) const {
  encoder.add_whole(every_);
  encoder.add_whole(after_);
  encoder.add_whole(slot.next);
  encoder.add_whole(slot.taken);
  const auto taken = static_cast<std::ptrdiff_t>(
      std::min(sampled_.size(), static_cast<std::size_t>(slot.taken * elements() * lanes_)));
  encoder.add_numbers({sampled_.begin(), sampled_.begin() + taken});
  encoder.add_wholes(counted_);
  for (std::size_t lane = 0; lane < buffers_.size(); ++lane) {
    const auto size = static_cast<std::ptrdiff_t>(buffers_[lane].size);
    encoder.add_wholes({spike_steps_[lane].begin(), spike_steps_[lane].begin() + size});
    encoder.add_wholes({spike_elements_[lane].begin(), spike_elements_[lane].begin() + size});
  }
}

Observation Observation::restore(Decoder& decoder, const ObserverInfo& info, std::int64_t steps,
                                 int lanes, ObserverSlot& slot) {
  const std::int64_t every = std::max<std::int64_t>(1, decoder.whole());
  const std::int64_t after = std::max<std::int64_t>(0, decoder.whole());
  Observation observation(info, steps, every, after, lanes);
  if (decoder.failed() || observation.check_size()) return decoder.fail(), observation;
  observation.begin(slot);
  slot.next = decoder.whole();
  slot.taken = decoder.whole();
  const std::vector<double> sampled = decoder.numbers();
  const std::vector<std::int64_t> counted = decoder.wholes();
  if (sampled.size() > observation.sampled_.size() || counted.size() != observation.counted_.size())
    return decoder.fail(), observation;
  std::ranges::copy(sampled, observation.sampled_.begin());
  std::ranges::copy(counted, observation.counted_.begin());
  observation.restore_spikes(decoder);
  return observation;
}

void Observation::restore_spikes(Decoder& decoder) {
  for (std::size_t lane = 0; lane < buffers_.size(); ++lane) {
    spike_steps_[lane] = decoder.wholes();
    spike_elements_[lane] = decoder.wholes();
    if (spike_steps_[lane].size() != spike_elements_[lane].size()) return decoder.fail();
    buffers_[lane].size = buffers_[lane].capacity =
        static_cast<std::int64_t>(spike_steps_[lane].size());
  }
  make_room();
}

}  // namespace bouton::runtime
