#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/launch/output.h"
#include "runtime/hdf5/read_result_file.h"
#include "runtime/output/recover.h"

namespace bouton::driver {

namespace {

int check_hash(const std::string& file) {
  const auto run = runtime::read_result_file(file);
  if (!run) {
    launch::print_output_problem(
        {run.error().message, "give a file that `bouton run -o` has written"});
    return kRunFailed;
  }
  const std::string computed = runtime::recompute_hash(*run);
  for (const runtime::StoredReplica& replica : run->replicas)
    fmt::print("seed {}: results {}, {}\n", replica.seed, replica.hash, replica.state);
  const bool same = computed == run->hash;
  fmt::print("{}: the file says {}, its rows have {}\n", same ? "sound" : "DAMAGED", run->hash,
             computed);
  return same ? kSuccess : kRunFailed;
}

}  // namespace

int recover(const RecoverOptions& options) {
  if (options.only_check) return check_hash(options.output);
  const runtime::Recovered recovered = runtime::recover(options.output, options.final_words);
  for (const std::string& note : recovered.notes) fmt::print(stderr, "note: {}\n", note);
  if (recovered.problem) launch::print_output_problem(*recovered.problem);
  if (recovered.written.empty()) return kRunFailed;
  fmt::print("written to {}: {} rows ({})\nresults {}\n", recovered.written.string(),
             recovered.rows, recovered.state, recovered.hash);
  return recovered.problem ? kRunFailed : kSuccess;
}

}  // namespace bouton::driver
