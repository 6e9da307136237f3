// From text to plan: what the tests of lowering hold in their hands.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/elaborate/elaborate.h"
#include "compiler/load/load_program.h"
#include "compiler/lower/lower.h"
#include "compiler/parse/parse.h"
#include "compiler/plan/printer.h"
#include "compiler/plan/verifier.h"

namespace bouton::lower {

struct Compiled {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  std::optional<model::Program> program;
  std::optional<elaborate::Network> network;
  std::optional<plan::Plan> plan;

  [[nodiscard]] std::string messages() const {
    return diagnostics::render_text(diagnostics, sources);
  }
  // What the verifier finds wrong with the plan.
  [[nodiscard]] std::string errors() const {
    std::string text;
    for (const plan::VerifierError& error : plan::verify(*plan))
      text += error.rule + ": " + error.message + "\n";
    return text;
  }
  [[nodiscard]] std::string anonymous() const {
    return plan::print(*plan, plan::Names::Positional);
  }
};

inline void lower_experiment(Compiled& compiled, std::size_t which, const std::string& directory,
                             elaborate::Precision precision = elaborate::Precision::Double) {
  if (!compiled.program) return;
  elaborate::Options options;
  options.precision = precision;
  options.source_directory = directory;
  const auto id = compiled.program->experiments.ids().at(which);
  compiled.network = elaborate::elaborate(*compiled.program, id, options, compiled.diagnostics);
  if (compiled.network) compiled.plan = lower(*compiled.network, compiled.diagnostics);
}

// Experiment number `which` of a text without imports.
inline std::unique_ptr<Compiled> compile_text(
    std::string_view text, std::size_t which = 0,
    elaborate::Precision precision = elaborate::Precision::Double) {
  auto compiled = std::make_unique<Compiled>();
  const auto file = std::get<source::FileId>(compiled->sources.add_text("test.bouton", text));
  const auto tree = parse::parse(compiled->sources, file, compiled->diagnostics);
  if (tree) compiled->program = check::check({&*tree, 1}, compiled->diagnostics);
  lower_experiment(*compiled, which, ".", precision);
  return compiled;
}

// Experiment or verify block number `which` of a file, relative to the root of the sources.
inline std::unique_ptr<Compiled> compile_file(const std::string& path, std::size_t which = 0) {
  auto compiled = std::make_unique<Compiled>();
  const std::filesystem::path full = std::filesystem::path(BOUTON_SOURCE_DIR) / path;
  const auto files = load::load_program(full.string(), compiled->sources, compiled->diagnostics);
  if (files) compiled->program = check::check(*files, compiled->diagnostics);
  lower_experiment(*compiled, which, full.parent_path().string());
  return compiled;
}

}  // namespace bouton::lower
