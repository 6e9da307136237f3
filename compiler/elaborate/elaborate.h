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

// `--param name=value`: the value in coherent units, its dimension (the number 0 fits every one),
// and where it comes from, so that messages can point at it.
struct ParameterSetting {
  std::string name;
  runtime::Value value;
  units::Dimension dimension;
  source::Span span;         // of the value
  source::Span name_span{};  // nowhere where it is not written down
};

struct Options {
  std::vector<ParameterSetting> parameters;
  std::optional<std::uint64_t> seed;        // `--seed`; nothing: 0
  Precision precision = Precision::Double;  // `--precision`
  std::string source_directory;             // file names in the program are relative to it
};

[[nodiscard]] std::optional<Network> elaborate(const model::Program& program,
                                               model::ExperimentId experiment,
                                               const Options& options,
                                               diagnostics::Diagnostics& diagnostics);

}  // namespace bouton::elaborate
