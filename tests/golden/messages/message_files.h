// The files of this folder, by the kind of message they belong to:
//   <kind>.bouton, <kind>.<variant>.bouton: programs that are told the message;
//   <the same name>.txt: what they are told;
//   <kind>.ok.bouton: the correct twin, the least change that satisfies the compiler;
//   imported/: files that these programs import;
//   a text without a program: see generated.h.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source_map.h"

namespace bouton::golden {

struct MessageFile {
  std::filesystem::path path;
  std::string kind;     // in kebab case
  std::string variant;  // "ok" for the twin
};

// How GoogleTest names the program of a failing test.
void PrintTo(const MessageFile& file, std::ostream* out);

// Sorted by name. Programs in subfolders are there to be imported and do not count.
[[nodiscard]] std::vector<MessageFile> find_message_files(const std::filesystem::path& folder);

// Kind in kebab case → section of kinds.def: the comment above it up to a colon ("check" for
// "// check: names").
[[nodiscard]] std::map<std::string, std::string> parse_sections(std::string_view kinds_def);

struct Outcome {
  std::string text;              // rendered; files are named relative to the folder of the program
  std::set<std::string> kinds;   // in kebab case
  std::set<std::string> errors;  // those of them that are errors
};

using Pipeline =
    std::function<void(const std::string&, source::SourceMap&, diagnostics::Diagnostics&)>;

[[nodiscard]] Outcome check_text_of(const std::filesystem::path& program, const Pipeline& pipeline);

}  // namespace bouton::golden
