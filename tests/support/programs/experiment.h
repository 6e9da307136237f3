// The experiment of a random program: its network and its statements.
#pragma once

#include <string>
#include <vector>

#include "tests/support/programs/component.h"

namespace bouton::fuzz {

using Shape = std::vector<int>;

struct Population {
  std::string name;
  const Neuron* neuron = nullptr;
  int size = 1;
};

struct LearningRule {
  std::string name;  // in the projection
  const Rule* rule = nullptr;
};

struct Projection {
  std::string name;
  Shape shape;  // [post, pre]
  Dimension weight = Dimension::None;
  std::vector<LearningRule> rules;
};

struct Network {
  std::vector<Population> populations;
  std::vector<Projection> projections;
};

// A name of the experiment and what it stands for.
struct Variable {
  std::string name;
  Shape shape;
  bool can_change = false;  // `var`
};

[[nodiscard]] std::string write_experiment(const Setting& setting, const Network& network,
                                           const std::string& declarations);

}  // namespace bouton::fuzz
