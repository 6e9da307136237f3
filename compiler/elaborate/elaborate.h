// Typed program -> concrete network of one experiment: parameters bound, files
// found, sizes, shapes and connectivity fixed, partner fields of rules
// resolved. The last phase that reports errors of the user; what it accepts,
// the interpreter can execute.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/elaborate/network.h"

namespace bouton::elaborate {

// `--param name=value`: the text after `=` as a value in coherent units with
// its dimension.
struct ParameterSetting {
  std::string name;
  runtime::Value value;
  units::Dimension dimension;
};

struct Options {
  std::vector<ParameterSetting> parameters;
  std::optional<std::uint64_t> seed; // `--seed`; nothing: 0
  std::string source_directory; // file names in the program are relative to it
};

[[nodiscard]] std::optional<Network>
elaborate(const model::Program &program, model::ExperimentId experiment,
          const Options &options, diagnostics::Diagnostics &diagnostics);

} // namespace bouton::elaborate
