// Checks a program given as text, for the tests of networks and experiments.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/program.h"

namespace bouton {

struct Checked {
  std::string text;
  std::optional<model::Program> program;
  diagnostics::Diagnostics diagnostics;

  [[nodiscard]] std::string messages() const;  // rendered, for failures
  // The only message of that kind; nullptr if there is none or more than one.
  [[nodiscard]] const diagnostics::Diagnostic* only(diagnostics::Kind kind) const;
  [[nodiscard]] std::string_view at(source::Span span) const;
};

[[nodiscard]] Checked check_text(std::string_view text);
[[nodiscard]] Checked check_file(const std::string& path);

// A neuron `N` with input `I`, variable `u`, parameter `bias`, spikes; `Mute` without spikes that
// sends `r`; synapse `S`; rules `R` (state `c`) and `Steady` without effect on spikes.
[[nodiscard]] Checked check_with_components(std::string_view text);

}  // namespace bouton
