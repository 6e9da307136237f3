// What a built executable knows about itself: written by `bouton build`, read when it starts.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/elaborate/arithmetic.h"
#include "compiler/image/pool.h"

namespace bouton::launch {

// Code for the plans of one shape.
struct Variant {
  image::Pool pool;
  std::string shape;  // image::code_shape
};

struct Description {
  std::string version;  // of Bouton
  std::string file;     // as it was named
  std::vector<std::pair<std::string, std::string>>
      sources;  // that file and its imports: name, text
  std::string experiment;
  std::string directory;                // that file names in the program are relative to
  std::vector<std::string> parameters;  // name=value, given when it was built
  elaborate::Precision precision = elaborate::Precision::Double;
  std::string cpu;
  std::vector<std::string> features;  // that the processor has to have
  std::vector<Variant> variants;      // fastest first, the last serves most parameters
  std::vector<int> widths;  // numbers of lanes for which each of them has code, largest first
  std::vector<std::string> fixed;   // parameters that no other value was found for
  std::vector<std::string> partly;  // parameters with values that need another executable
};

[[nodiscard]] std::string print_description(const Description& description);
// The first variant that serves a plan; its code for the i-th width is the (variant * widths +
// i)-th of the image.
[[nodiscard]] std::optional<std::size_t> find_variant(const Description& description,
                                                      const plan::Plan& plan);

// Of a text that print_description made.
[[nodiscard]] Description parse_description(std::string_view text);

}  // namespace bouton::launch
