// The functions of the language. One line each in builtins.def; the runtime implements those that
// experiments call on arrays (runtime/library), the math header those that neurons and rules call.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "compiler/model/ids.h"

namespace bouton::model {

// How the result's type follows from the arguments'.
enum class Signature : std::uint8_t {
  Pure,      // dimensionless numbers -> dimensionless, elementwise (exp, logistic, …)
  SameUnit,  // all arguments of one dimension -> that dimension, elementwise (min, max, abs, round)
  SquareRoot,  // dimension^(1/2), elementwise
  Reduction,   // array -> scalar of its dimension (sum, norm, min and max of one array)
  Mean,        // the same, divided by the number of elements
  Variance,    // array -> scalar of its dimension squared; divided by the number of elements
  Reshape,  // array -> array of its dimension; rank as builtins.def says (transpose, mirror, upper)
  Product,  // matrix product: dimensions multiply
  Scalar,   // arrays -> dimensionless scalar (angle, asymmetry, divergence, length)
  RandomArray,  // parameters and a shape -> array (uniform, normal, truncated_normal)
  Sequence,     // lists and arrays (zip, shuffle, draw, concat, append)
  Boltzmann,    // (W, b) -> record
  File,         // load, load_spikes
  Filter,  // moving_average, lowpass, highpass: only as the value of a neuron's algebraic variable
};

// Elements that are 0 change the result: in the matrix of a projection, also where there is no
// synapse.
[[nodiscard]] constexpr bool counts_elements(Signature signature) {
  return signature == Signature::Mean || signature == Signature::Variance;
}

enum class Where : std::uint8_t { Anywhere, Experiment, Neuron };

struct Builtin {
  std::string_view name;
  Signature signature;
  Where where;
  int min_arguments;
  int max_arguments;       // positional; -1: any number
  std::string_view named;  // space-separated names of the named arguments it takes
  int result_rank;         // of Reshape; -1: that of the argument
  std::string_view summary;
};

[[nodiscard]] std::span<const Builtin> builtins();
[[nodiscard]] std::optional<BuiltinId> find_builtin(std::string_view name);
[[nodiscard]] const Builtin& builtin(BuiltinId id);

}  // namespace bouton::model
