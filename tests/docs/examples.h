// The programs in the documentation: every fenced block whose language is `bouton`.
//
//   ```bouton                          a whole file
//   ```bouton rule                     the body of a rule (or `neuron`, `synapse`)
//   ```bouton experiment               statements, which stand where the document's frame has room
//   for them
//   ```bouton frame                    a whole file with the line `# the statements stand here`
//   ```bouton file="name.bouton"       a whole file that others of the document import by this name
//   ```bouton error="UnknownName"      gives exactly this message (a kind of kinds.def), after any
//   of the above
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bouton::docs {

struct Example {
  std::string document;  // "docs/language.md"
  std::size_t line = 0;  // of the opening fence, from 1
  std::string part;      // "rule", "experiment", "frame", …; empty: a whole file
  std::string file;      // the name it is imported by; empty: none
  std::optional<std::string> error;
  std::string text;
};

// README.md and docs/*.md, in order.
[[nodiscard]] std::vector<std::filesystem::path> documents();

[[nodiscard]] std::vector<Example> read_examples(const std::filesystem::path& document);
[[nodiscard]] std::vector<Example> find_examples(const std::string& document,
                                                 const std::string& markdown);

// The example as a whole file. `frame` is the text of the document's frame.
[[nodiscard]] std::string complete(const Example& example, const std::string& frame);

}  // namespace bouton::docs
