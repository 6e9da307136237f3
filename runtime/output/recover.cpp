#include "runtime/output/recover.h"

#include <fmt/format.h>

#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "runtime/analysis/result_hash.h"
#include "runtime/output/leftovers.h"
#include "runtime/output/open_spool.h"
#include "runtime/output/write_results.h"

namespace bouton::runtime {

namespace {

Recovered refuse(OutputProblem problem) {
  Recovered recovered;
  recovered.problem = std::move(problem);
  return recovered;
}

bool begins_as_hdf5(const std::filesystem::path& path) {
  constexpr std::string_view kSignature = "\x89HDF\r\n\x1a\n";
  std::string begin(kSignature.size(), '\0');
  std::ifstream stream(path, std::ios::binary);
  stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return stream.good() && begin == kSignature;
}

OutputProblem nothing_there(const std::filesystem::path& output) {
  std::error_code ignored;
  const bool there = std::filesystem::exists(output, ignored);
  if (there && !begins_as_hdf5(output))
    return {fmt::format("`{}` is no result file, and there is no spool beside it", output.string()),
            "give the name that the run was given with `-o`"};
  if (there)
    return {fmt::format("`{}` has no spool: its run came to write it", output.string()),
            fmt::format("`bouton recover --check {}` checks what it holds", output.string())};
  return {fmt::format("there is no `{}`", spool_of(output).string()),
          "give the name that the run was given with `-o`"};
}

// A spool with an end that nobody could read is kept for whoever knows more about it. False if it
// has to stay where it is.
bool keep_damaged(const std::filesystem::path& output, std::vector<std::string>& notes) {
  const auto kept = keep_damaged_spool(output);
  notes.push_back(kept ? fmt::format("the spool is kept as `{}`", kept->string())
                       : fmt::format("the spool stays: {}", kept.error().message));
  return static_cast<bool>(kept);
}

void clear_up(const std::filesystem::path& output, const spool::Contents& contents,
              bool final_words, std::vector<std::string>& notes) {
  if (!final_words && is_resumable(output, contents.run)) {
    notes.push_back(
        fmt::format("the run can go on with `--resume`; `bouton recover --final {}` gives that up",
                    output.string()));
    return;
  }
  if (!final_words && !has_ended(contents.run))
    notes.push_back("the run cannot go on: it left no checkpoint");
  if (contents.dropped == 0 || keep_damaged(output, notes)) remove_leftovers(output);
}

}  // namespace

Recovered recover(const std::filesystem::path& output, bool final_words) {
  auto opened = open_spool(output);
  if (auto* problem = std::get_if<OutputProblem>(&opened)) return refuse(std::move(*problem));
  if (std::holds_alternative<NoSpool>(opened)) return refuse(nothing_there(output));
  const spool::Bytes bytes = bytes_of(std::get<AppendFile>(opened));
  auto read = read_spool(output, bytes);
  if (auto* problem = std::get_if<OutputProblem>(&read)) return refuse(std::move(*problem));
  const auto& contents = std::get<spool::Contents>(read);
  Recovered recovered;
  if (contents.dropped > 0)
    recovered.notes.push_back(fmt::format("the last {} bytes of `{}` cannot be read: dropped",
                                          contents.dropped, spool_of(output).string()));
  const ForEachRow rows = spool::rows_of(contents, bytes);
  WrittenResults written = write_results(output, contents.run, rows, true);
  recovered.written = std::move(written.path);
  recovered.problem = std::move(written.problem);
  if (recovered.written.empty()) return recovered;
  recovered.rows = count_rows(contents.run);
  recovered.state = state_of(contents.run);
  recovered.hash = print_hash(hash_run(contents.run.description, written.hashes));
  clear_up(output, contents, final_words, recovered.notes);
  return recovered;
}

}  // namespace bouton::runtime
