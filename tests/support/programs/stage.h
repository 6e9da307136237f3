// What the statements of an experiment can read and assign at one place of its text.
#pragma once

#include <string>
#include <vector>

#include "tests/support/programs/experiment.h"

namespace bouton::fuzz {

// `z.x`, `W.r.c`: stored values that the experiment may read and assign between runs.
struct Place {
  std::string name;
  Shape shape;
  Dimension dimension = Dimension::None;
  bool whole_steps = false;
};

struct Stage {
  Setting setting;
  const Network* network = nullptr;
  Scope scope;                      // scalar expressions
  std::vector<Place> places;        // states, parameters, weights
  std::vector<Variable> variables;  // arrays and numbers of the experiment; scalars also in `scope`
  std::vector<std::string> loops;   // names of counters
  int* names = nullptr;             // numbers new names

  [[nodiscard]] Random& random() const { return *setting.random; }
  [[nodiscard]] std::string fresh_name(const char* prefix);
};

[[nodiscard]] Stage make_stage(const Setting& setting, const Network& network, int* names,
                               std::vector<Parameter>* parameters);

// A new `let` or `var` that later statements of the block can read.
void declare(Stage& stage, Variable variable);

// An array (or number) without dimension of that shape.
[[nodiscard]] std::string write_array(Stage& stage, const Shape& shape, int depth);
// A number made of arrays: sums, elements, norms.
[[nodiscard]] std::string write_reduction(Stage& stage, int depth);
// Only as the whole right side of a `let` or an assignment: each call draws its own numbers.
[[nodiscard]] std::string write_random_array(Stage& stage, const Shape& shape);

[[nodiscard]] std::string write_shape(const Shape& shape);

// `run … observing { … }` and the names it binds.
[[nodiscard]] std::string write_run(Stage& stage);

}  // namespace bouton::fuzz
