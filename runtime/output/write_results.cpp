#include "runtime/output/write_results.h"

#include <fmt/format.h>
#include <unistd.h>

#include "runtime/hdf5/result_file.h"
#include "runtime/output/leftovers.h"

namespace bouton::runtime {

namespace {

std::filesystem::path rescue_name(const std::filesystem::path& output) {
  std::error_code failure;
  std::filesystem::path folder = std::filesystem::temp_directory_path(failure);
  if (failure) folder = ".";
  return folder / fmt::format("{}.rescued-{}.h5", output.stem().string(), ::getpid());
}

std::string describe_what_is_left(const std::filesystem::path& output, const RecordedRun& run) {
  const std::string spool = spool_of(output).string();
  if (is_resumable(output, run))
    return fmt::format(
        "what was recorded is in `{}`: make room, then `--resume` goes on, and "
        "`bouton recover {}` writes what there is",
        spool, output.string());
  return fmt::format(
      "everything recorded is in `{}`: make room or name another disk's folder for "
      "it, then `bouton recover {}`",
      spool, output.string());
}

class ResultWriter {
 public:
  ResultWriter(const RecordedRun& run, const ForEachRow& rows,
               const std::vector<std::uint64_t>& hashes)
      : run_(run), rows_(rows), hashes_(hashes) {}

  [[nodiscard]] std::optional<Error> write(const std::filesystem::path& path) const {
    return write_result_file(path, run_, rows_, hashes_);
  }

  // Without a spool that would keep the rows.
  [[nodiscard]] WrittenResults rescue(const std::filesystem::path& output,
                                      const Error& first_error) const {
    std::error_code ignored;
    std::filesystem::create_directories(output.parent_path(), ignored);
    if (!write(output))
      return {output,
              {fmt::format("the folder of `{}` had vanished and was made anew", output.string())}};
    const std::filesystem::path elsewhere = rescue_name(output);
    if (const auto error = write(elsewhere))
      return {{},
              {},
              OutputProblem{fmt::format("{}; {}", first_error.message, error->message),
                            "the results are lost: there is no place to write them to"}};
    return {elsewhere,
            {},
            OutputProblem{first_error.message,
                          fmt::format("the results are in `{}`", elsewhere.string())}};
  }

 private:
  const RecordedRun& run_;
  const ForEachRow& rows_;
  const std::vector<std::uint64_t>& hashes_;
};

}  // namespace

WrittenResults write_results(const std::filesystem::path& output, const RecordedRun& run,
                             const ForEachRow& rows, bool spool_lasts) {
  const auto hashes = hash_rows(run, rows);
  if (!hashes)
    return {{},
            {},
            OutputProblem{
                fmt::format("`{}` cannot be written: {}", output.string(), hashes.error().message),
                fmt::format("what was recorded is in `{}`", spool_of(output).string())}};
  const ResultWriter writer(run, rows, *hashes);
  const auto error = writer.write(output);
  WrittenResults written{output};
  if (error && !spool_lasts) written = writer.rescue(output, *error);
  if (error && spool_lasts)
    written = {{}, {}, OutputProblem{error->message, describe_what_is_left(output, run)}};
  written.hashes = *hashes;
  return written;
}

}  // namespace bouton::runtime
