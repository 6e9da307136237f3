// Every source text of one compilation, and the only reader of source files.
//
// A text that has got in is well-formed UTF-8, without a byte order mark, with lines that end in
// '\n' (CRLF is converted), of at most kMaximumBytes: no later phase has to think of any of this.
// What cannot be read becomes an entry too, so that a message can point at it, and a LoadError says
// why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/source/span.h"

namespace bouton::source {

struct NotReadable {
  std::string reason;  // "no such file or directory", "larger than 16 MiB", …
};
struct BadEncoding {
  std::uint8_t byte = 0;
};

struct LoadError {
  std::string name;  // as the user wrote it
  Span span;  // the offending byte; the beginning of an entry without text if the file cannot be
              // read
  std::variant<NotReadable, BadEncoding> cause;
};

using Loaded = std::variant<FileId, LoadError>;

// Both count from 1; a column is one code point.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

// Where a text comes from: it belongs to the program, or the user has typed it to the tool.
enum class Origin : std::uint8_t { Program, CommandLine };

class SourceMap {
 public:
  static constexpr std::size_t kMaximumBytes = std::size_t{16} << 20U;

  // Reads a file; a file that is in already, under whatever spelling of its path, is not read
  // again.
  [[nodiscard]] Loaded load(std::string_view path);
  // From now on load(path) takes this text instead of reading a file, whatever lies on the disk.
  void embed(std::string_view path, std::string_view text);
  // The files that load has read, in order.
  [[nodiscard]] std::vector<FileId> loaded_files() const;
  // Takes text that is in memory.
  [[nodiscard]] Loaded add_text(std::string_view name, std::string_view text,
                                Origin origin = Origin::Program);

  // The path to load for `import path` written in file `importer`: relative to the importer's
  // folder.
  [[nodiscard]] std::string resolve_import(FileId importer, std::string_view path) const;

  [[nodiscard]] std::size_t size() const { return files_.size(); }
  [[nodiscard]] const std::string& name(FileId file) const { return at(file).name; }
  [[nodiscard]] std::string_view text(FileId file) const { return at(file).text; }
  [[nodiscard]] Origin origin(FileId file) const { return at(file).origin; }
  [[nodiscard]] std::string_view text(Span span) const;

  // An offset beyond the end is taken as the end.
  [[nodiscard]] Position position(FileId file, std::size_t offset) const;
  [[nodiscard]] std::size_t line_count(FileId file) const { return at(file).line_begins.size(); }
  // Lines count from 1; the line's end is not part of it.
  [[nodiscard]] Span line_span(FileId file, std::size_t line) const;

 private:
  struct File {
    std::string name;
    std::string text;
    std::vector<std::size_t> line_begins;
    Origin origin = Origin::Program;
  };

  [[nodiscard]] const File& at(FileId file) const;
  FileId store(std::string_view name, std::string text, Origin origin = Origin::Program);
  LoadError refuse(std::string_view name, std::string reason);

  std::vector<File> files_;
  std::map<std::string, FileId> loaded_;         // by canonical path
  std::map<std::string, std::string> embedded_;  // by lexically normal path
};

}  // namespace bouton::source
