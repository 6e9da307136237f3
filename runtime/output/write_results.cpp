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

WrittenResults rescue(const std::filesystem::path& output, const RecordedRun& run,
                      const Error& first_error) {
  std::error_code ignored;
  std::filesystem::create_directories(output.parent_path(), ignored);
  if (!write_result_file(output, run))
    return {
        output,
        {fmt::format("note: the folder of `{}` had vanished and was made anew", output.string())},
        std::nullopt};
  const std::filesystem::path elsewhere = rescue_name(output);
  const auto error = write_result_file(elsewhere, run);
  if (error)
    return {{},
            {},
            OutputProblem{fmt::format("{}; {}", first_error.message, error->message),
                          "the results are lost: there is no place to write them to"}};
  return {elsewhere,
          {},
          OutputProblem{first_error.message,
                        fmt::format("the results are in `{}`", elsewhere.string())}};
}

}  // namespace

WrittenResults write_results(const std::filesystem::path& output, const RecordedRun& run,
                             bool spool_lasts) {
  const auto error = write_result_file(output, run);
  if (!error) return {output, {}, std::nullopt};
  if (!spool_lasts) return rescue(output, run, *error);
  return {{},
          {},
          OutputProblem{error->message,
                        fmt::format("everything recorded is in `{}`: make room or name another "
                                    "disk's folder for it, then `bouton recover {}`",
                                    spool_of(output).string(), output.string())}};
}

}  // namespace bouton::runtime
