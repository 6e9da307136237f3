// What a random expression may read, and what it may make up: parameters are declared when an
// expression first asks for one, because a parameter that nothing uses is an error.
#pragma once

#include <string>
#include <vector>

#include "tests/support/programs/random.h"

namespace bouton::fuzz {

enum class Dimension { None, Time, Voltage, Frequency };

// A quantity that can be read, as it is written.
struct Atom {
  std::string text;
  Dimension dimension = Dimension::None;
};

struct Parameter {
  std::string name;
  std::string initial;  // as it is written
  Dimension dimension = Dimension::None;
  bool whole_steps = false;  // a time that must stay a multiple of the time step
};

struct Scope {
  Random* random = nullptr;
  int step_us = 1000;  // the time step in microseconds
  std::vector<Atom> atoms;
  std::vector<std::string> truths;               // quantities that are true or false
  std::vector<std::string> steps;                // times in whole steps
  std::vector<std::string> functions;            // of one number
  std::vector<Parameter>* parameters = nullptr;  // where new ones go; null: none can be made
};

// `2.5 ms`: a duration of whole steps.
[[nodiscard]] std::string write_duration(int steps, int step_us);
[[nodiscard]] std::string write_literal(Dimension dimension, Random& random);

// The name of a parameter of that dimension, new or old.
[[nodiscard]] std::string use_parameter(Scope& scope, Dimension dimension);
// A duration of 1 … longest steps: a literal, or a parameter that stays whole.
[[nodiscard]] std::string use_duration(Scope& scope, int longest);

// `(a = 1, b = 2 ms)`, or nothing if there are none.
[[nodiscard]] std::string write_parameters(const std::vector<Parameter>& parameters);

}  // namespace bouton::fuzz
