// What a built executable knows about itself: written by `bouton build`, read when it starts.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/elaborate/arithmetic.h"
#include "compiler/image/pool.h"

namespace bouton::launch {

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
  image::Pool pool;
  std::string shape;                // image::code_shape
  std::vector<std::string> fixed;   // parameters that no other value was found for
  std::vector<std::string> partly;  // parameters with values that need another executable
};

[[nodiscard]] std::string print_description(const Description& description);
// Of a text that print_description made.
[[nodiscard]] Description parse_description(std::string_view text);

}  // namespace bouton::launch
