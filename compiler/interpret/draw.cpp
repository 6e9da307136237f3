// Stage 1. Every draw is a function of (seed, site, element, counter), or a row of a tape.
#include "compiler/interpret/step.h"
#include "compiler/interpret/tape.h"
#include "runtime/random/draws.h"
#include "runtime/random/uniform.h"

namespace bouton::interpret {

namespace {

namespace random = runtime::random;

double standard_normal(const NoiseState& noise, std::size_t element, const NetworkState& state) {
  return random::standard_normal(random::draw_two_words<std::uint64_t>(
      state.network->seed, noise.stream.bits, element, static_cast<std::uint64_t>(state.step)));
}

double uniform(const NoiseState& noise, std::size_t element, const NetworkState& state) {
  return random::uniform53(random::draw_two_words<std::uint64_t>(
      state.network->seed, noise.stream.bits, element, static_cast<std::uint64_t>(state.step)));
}

// The number behind a noise: recorded, or drawn in double in either precision.
double drawn(const NoiseState& noise, std::size_t element, const PopulationState& population,
             NetworkState& state) {
  if (noise.tape) return tape_row(*noise.tape, state.step, element, population, state);
  const bool is_uniform = noise.noise->law == model::Noise::Law::Uniform;
  return is_uniform ? uniform(noise, element, state) : standard_normal(noise, element, state);
}

// White noise is a normal number of variance 1/timestep, so that Euler steps of any size agree in
// law.
double noise_value(const NoiseState& noise, std::size_t element, PopulationState& population,
                   NetworkState& state) {
  const Frame frame = neuron_frame(population, element, state);
  const elaborate::RealArithmetic& arithmetic = frame.arithmetic;
  const double number = arithmetic.round(drawn(noise, element, population, state));
  using Law = model::Noise::Law;
  if (noise.noise->law == Law::White)
    return arithmetic.divide(number, arithmetic.sqrt(frame.timestep));
  const double first = elaborate::evaluate_real(noise.noise->arguments[0], frame);
  const double second = elaborate::evaluate_real(noise.noise->arguments[1], frame);
  const double scale =
      noise.noise->law == Law::Uniform ? arithmetic.subtract(second, first) : second;
  return arithmetic.add(first, arithmetic.multiply(scale, number));
}

double spike_uniform(PopulationState& population, std::size_t element, NetworkState& state) {
  if (population.spike_tape)
    return tape_row(*population.spike_tape, state.step, element, population, state);
  return random::spike_uniform(
      random::draw_word<std::uint64_t>(state.network->seed, population.spike_stream.bits, element,
                                       static_cast<std::uint64_t>(state.step)));
}

void draw_spikes(PopulationState& population, NetworkState& state) {
  if (!population.neuron->spike) return;
  const auto form = population.neuron->spike->form;
  for (std::size_t i = 0; i < population.size; ++i) {
    if (form == model::SpikeTest::Form::Probability)
      population.uniforms[i] = spike_uniform(population, i, state);
    else if (form == model::SpikeTest::Form::Rate)
      draw_threshold(population, i, state);
  }
}

}  // namespace

void draw_threshold(PopulationState& population, std::size_t element, NetworkState& state) {
  HazardClock& clock = population.clocks[element];
  if (clock.drawn) return;
  const double u =
      population.spike_tape
          ? tape_row(*population.spike_tape, static_cast<std::int64_t>(clock.ordinal), element,
                     population, state)
          : random::spike_uniform(random::draw_word<std::uint64_t>(
                state.network->seed, population.spike_stream.bits, element, clock.ordinal));
  clock.threshold = hazard_threshold(u);
  clock.drawn = true;
}

void draw(NetworkState& state) {
  for (PopulationState& population : state.populations) {
    if (!state.steps_now(population)) continue;
    for (const NoiseState& noise : population.noises)
      for (std::size_t i = 0; i < population.size; ++i)
        population.now.at(i, noise.noise->symbol).real = noise_value(noise, i, population, state);
    draw_spikes(population, state);
  }
}

}  // namespace bouton::interpret
