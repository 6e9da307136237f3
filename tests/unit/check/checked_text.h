// Program text through parser and checker, and what it was told.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/model/program.h"

namespace bouton::check {

struct Message {
  std::string kind;  // in kebab case
  std::string at;    // the text under the caret
  std::string headline;
  std::string hint;
};

struct CheckedText {
  std::optional<model::Program> program;
  std::vector<Message> messages;
  std::string rendered;
};

[[nodiscard]] CheckedText check_text(std::string_view text);
[[nodiscard]] CheckedText check_program_file(const std::string& path);

// The only message of the text, as `kind at 'text under the caret'`.
[[nodiscard]] std::string sole_message(std::string_view text);
[[nodiscard]] std::string headline(std::string_view text);

// The declaration of that name, which must exist.
[[nodiscard]] const model::Neuron& neuron(const model::Program& program, std::string_view name);
[[nodiscard]] const model::Rule& rule(const model::Program& program, std::string_view name);
[[nodiscard]] const model::Synapse& synapse(const model::Program& program, std::string_view name);
[[nodiscard]] model::Type type_of(const model::Scope& scope, std::string_view name);

}  // namespace bouton::check
