// The whole typed program: what `check` makes of the source files.
#pragma once

#include <string>

#include "compiler/model/dynamics.h"
#include "compiler/model/experiment.h"

namespace bouton::model {

struct Program {
  Table<FunctionId, Function> functions;
  Table<NeuronId, Neuron> neurons;
  Table<SynapseId, Synapse> synapses;
  Table<RuleId, Rule> rules;
  Table<CircuitId, Circuit> circuits;
  Table<ExperimentId, Experiment> experiments;  // verify blocks too
  std::vector<Sweep> sweeps;
};

}  // namespace bouton::model
