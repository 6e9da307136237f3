#include "compiler/check/names_in_words.h"

#include "compiler/base/check.h"

namespace bouton::check {

std::string_view describe(model::SymbolKind kind) {
  using enum model::SymbolKind;
  switch (kind) {
    case Parameter:
      return "a parameter";
    case Input:
      return "an input";
    case Noise:
      return "a noise";
    case State:
      return "a state";
    case Algebraic:
      return "an algebraic variable";
    case Trace:
      return "a trace";
    case Broadcast:
      return "a broadcast signal";
    case Weight:
      return "the weight";
    case PairTime:
      return "the time between two spikes";
    case SpikeAge:
      return "the time since a spike";
    case Local:
    case Constant:
      return "a constant";
    case Timestep:
      return "the time step";
    case Time:
      return "the time";
    case SinceSpike:
      return "the time since the last spike";
    case Spiked:
      return "whether the neuron spikes";
    case SpikeProbability:
      return "the spike probability";
    case Variable:
      return "a variable";
    case LoopVariable:
      return "a loop variable";
    case RunResult:
      return "the result of a run";
    case Elapsed:
      return "the duration of the last run";
    case Population:
      return "a population";
    case Projection:
      return "a projection";
    case CircuitInstance:
      return "a circuit";
    case Phase:
      return "a phase";
  }
  BOUTON_UNREACHABLE("all kinds are listed");
}

std::string_view describe(Place place) {
  switch (place) {
    case Place::Neuron:
      return "a neuron";
    case Place::Synapse:
      return "a synapse";
    case Place::Rule:
      return "a rule";
    case Place::Function:
      return "a function";
    case Place::Experiment:
      return "an experiment";
  }
  BOUTON_UNREACHABLE("all places are listed");
}

}  // namespace bouton::check
