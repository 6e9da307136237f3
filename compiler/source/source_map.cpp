#include "compiler/source/source_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "compiler/base/check.h"
#include "compiler/source/read_file.h"
#include "compiler/source/utf8.h"

namespace bouton::source {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string normalise(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::string normal;
  normal.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins_crlf = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (!begins_crlf) normal.push_back(text[i]);
  }
  return normal;
}

std::vector<std::size_t> find_line_begins(std::string_view text) {
  std::vector<std::size_t> begins{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') begins.push_back(i + 1);
  }
  return begins;
}

// For showing a text that was refused: one '?' for each bad byte keeps all offsets.
std::string replace_invalid_bytes(std::string text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto code_point = decode_code_point(text, at);
    if (!code_point) text[at] = '?';
    at += code_point ? code_point->length : 1;
  }
  return text;
}

std::string canonical_path(std::string_view path) {
  std::error_code error;
  const auto canonical = std::filesystem::weakly_canonical(std::filesystem::path(path), error);
  return error ? std::string(path) : canonical.string();
}

// Embedded texts know nothing of links in the folder that the program is run in.
std::string lexical_path(std::string_view path) {
  return std::filesystem::path(path).lexically_normal().string();
}

}  // namespace

Loaded SourceMap::load(std::string_view path) {
  const auto embedded = embedded_.find(lexical_path(path));
  const std::string canonical =
      embedded != embedded_.end() ? embedded->first : canonical_path(path);
  if (const auto found = loaded_.find(canonical); found != loaded_.end()) return found->second;
  auto content =
      embedded != embedded_.end() ? embedded->second : read_file(std::string(path), kMaximumBytes);
  if (const auto* failure = std::get_if<ReadFailure>(&content))
    return refuse(path, failure->reason);
  Loaded result = add_text(path, std::get<std::string>(content));
  if (const auto* file = std::get_if<FileId>(&result)) loaded_.emplace(canonical, *file);
  return result;
}

void SourceMap::embed(std::string_view path, std::string_view text) {
  embedded_[lexical_path(path)] = text;
}

std::vector<FileId> SourceMap::loaded_files() const {
  std::vector<FileId> files;
  for (const auto& [path, file] : loaded_) files.push_back(file);
  std::ranges::sort(files);
  return files;
}

Loaded SourceMap::add_text(std::string_view name, std::string_view text, Origin origin) {
  if (text.size() > kMaximumBytes)
    return refuse(name, fmt::format("larger than {} MiB", kMaximumBytes >> 20U));
  std::string normal = normalise(text);
  const std::optional<std::size_t> invalid = find_invalid_utf8(normal);
  if (!invalid) return store(name, std::move(normal), origin);
  const auto byte = static_cast<std::uint8_t>(normal[*invalid]);
  const FileId file = store(name, replace_invalid_bytes(std::move(normal)), origin);
  const auto begin = static_cast<std::uint32_t>(*invalid);
  return LoadError{std::string(name), Span{file, begin, begin + 1}, BadEncoding{byte}};
}

std::string SourceMap::resolve_import(FileId importer, std::string_view path) const {
  const auto folder = std::filesystem::path(name(importer)).parent_path();
  return (folder / std::filesystem::path(path)).lexically_normal().string();
}

std::string_view SourceMap::text(Span span) const {
  const std::string_view whole = text(span.file);
  const std::size_t begin = std::min<std::size_t>(span.begin, whole.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, whole.size());
  return whole.substr(begin, end - begin);
}

Position SourceMap::position(FileId file, std::size_t offset) const {
  const File& entry = at(file);
  offset = std::min(offset, entry.text.size());
  const auto next = std::upper_bound(entry.line_begins.begin(), entry.line_begins.end(), offset);
  const std::size_t begin = *std::prev(next);
  const auto line = static_cast<std::size_t>(std::distance(entry.line_begins.begin(), next));
  const std::string_view before = std::string_view(entry.text).substr(begin, offset - begin);
  return {line, count_code_points(before) + 1};
}

Span SourceMap::line_span(FileId file, std::size_t line) const {
  const File& entry = at(file);
  BOUTON_CHECK(line >= 1 && line <= entry.line_begins.size(), "line out of range");
  const std::size_t begin = entry.line_begins[line - 1];
  const bool last = line == entry.line_begins.size();
  const std::size_t end = last ? entry.text.size() : entry.line_begins[line] - 1;
  return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

const SourceMap::File& SourceMap::at(FileId file) const {
  BOUTON_CHECK(file < files_.size(), "file id out of range");
  return files_[file];
}

FileId SourceMap::store(std::string_view name, std::string text, Origin origin) {
  std::vector<std::size_t> line_begins = find_line_begins(text);
  files_.push_back({std::string(name), std::move(text), std::move(line_begins), origin});
  return static_cast<FileId>(files_.size() - 1);
}

LoadError SourceMap::refuse(std::string_view name, std::string reason) {
  const FileId file = store(name, "");
  return {std::string(name), Span{file, 0, 0}, NotReadable{std::move(reason)}};
}

}  // namespace bouton::source
