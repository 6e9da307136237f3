// What an expression of the typed program can be: its kind, dimension and rank.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "compiler/units/dimension.h"

namespace bouton::model {

enum class Kind : std::uint8_t {
  Real,      // number or array of numbers with one dimension for all elements
  Boolean,   // truth value or array of truth values
  Steps,     // a whole number of time steps: t, dt, s, since_spike, elapsed, durations rounded by
             // ToSteps
  Text,      // string
  Function,  // function passed as an argument (`phi: function = logistic`)
  List,      // sequence of values that need not be alike (zip, data read from a file)
  Record,    // named fields (boltzmann(...).marginals)
  Spikes,    // (step, neuron) pairs
};

struct Type {
  Kind kind = Kind::Real;
  units::Dimension dimension;  // of a Real; Steps always have the dimension time
  std::optional<int>
      rank;  // 0 scalar, 1 vector, ...; nothing when it depends on parameters or data
  // True for a dimension that only the use of the declaration fixes (a rule's `w`, an untyped
  // parameter): such a type is checked where the declaration is used.
  bool generic = false;

  friend bool operator==(const Type&, const Type&) = default;
};

[[nodiscard]] inline Type scalar(units::Dimension dimension = {}) {
  return {Kind::Real, dimension, 0, false};
}
[[nodiscard]] inline Type boolean() { return {Kind::Boolean, {}, 0, false}; }
[[nodiscard]] inline Type steps() { return {Kind::Steps, units::kTime, 0, false}; }

// The coherent unit that a printed number has; empty if it has none or is no number.
[[nodiscard]] std::string unit_of(const Type& type);

// `voltage`, `number vector`, `truth value`, `generic number of any rank`, … as dumps write it.
[[nodiscard]] std::string describe(const Type& type);

}  // namespace bouton::model
