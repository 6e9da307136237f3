#include "tests/unit/check_network/checked.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_map.h"

namespace bouton {

namespace {

constexpr std::string_view kComponents = R"(
neuron N(bias = 0, tau = 10 ms) {
  input I
  u = bias + I
  active = since_spike <= tau
  spike with probability logistic(u)
  refractory tau
}
neuron Mute(gain = 1) { input I; input V: voltage; r = gain * I; p = V }
synapse S(tau_syn = 10 ms) { psp(s) = if 0 < s and s < tau_syn: 1 else: 0; renewing }
rule R(tau = 10 ms, amplitude = 1) { state c = 0; on pair(dt) nearest { if dt > 0 and dt < tau { c += amplitude } } }
rule Follow(eta = 0.1) { on step { w += eta * post.r } }
)";

}  // namespace

std::string Checked::messages() const {
  source::SourceMap sources;
  static_cast<void>(sources.add_text("test.bouton", text));
  return diagnostics::render_text(diagnostics, sources);
}

const diagnostics::Diagnostic* Checked::only(diagnostics::Kind kind) const {
  const diagnostics::Diagnostic* found = nullptr;
  for (const diagnostics::Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.kind != kind) continue;
    if (found != nullptr) return nullptr;
    found = &diagnostic;
  }
  return found;
}

std::string_view Checked::at(source::Span span) const {
  return std::string_view(text).substr(span.begin, span.end - span.begin);
}

Checked check_text(std::string_view text) {
  Checked checked;
  checked.text = text;
  source::SourceMap sources;
  const auto loaded = sources.add_text("test.bouton", text);
  const auto file = parse::parse(sources, std::get<source::FileId>(loaded), checked.diagnostics);
  if (!file) return checked;
  checked.program = check::check(std::span(&*file, 1), checked.diagnostics);
  return checked;
}

Checked check_file(const std::string& path) {
  std::ifstream stream(path);
  EXPECT_TRUE(stream.is_open()) << path;
  std::stringstream text;
  text << stream.rdbuf();
  return check_text(text.str());
}

Checked check_with_components(std::string_view text) {
  return check_text(std::string(kComponents) + std::string(text));
}

}  // namespace bouton
