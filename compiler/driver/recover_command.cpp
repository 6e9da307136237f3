#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "compiler/driver/commands.h"
#include "compiler/driver/in_child.h"
#include "compiler/launch/output.h"
#include "compiler/launch/streams.h"
#include "runtime/files/whole_file.h"
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
    launch::print("{}: results {}, {}\n", replica.name, replica.hash, replica.state);
  const bool same = computed == run->hash;
  launch::print("{}: the file says {}, its rows have {}\n", same ? "sound" : "DAMAGED", run->hash,
                computed);
  return same ? kSuccess : kRunFailed;
}

int check_in_child(const std::string& file) {
  const auto code = run_in_child([&] { return check_hash(file); });
  if (code) return *code;
  launch::print_output_problem(
      {fmt::format("`{}` is damaged: the HDF5 library cannot read it", file),
       "if the run can be repeated, its hash tells whether it is the same"});
  return kRunFailed;
}

}  // namespace

int recover(const RecoverOptions& options) {
  if (std::error_code ignored; std::filesystem::is_directory(options.output, ignored)) {
    launch::print_output_problem(
        {fmt::format("`{}` is a folder, not a result file", options.output),
         "name the output of a run, as in `bouton recover out.h5`"});
    return launch::kWrongUsage;
  }
  if (options.output.ends_with(".bouton")) {
    launch::print_output_problem(
        {fmt::format("`{}` is a program, not a result file", options.output),
         "name the output of its run, as in `bouton recover out.h5`"});
    return launch::kWrongUsage;
  }
  if (options.only_check) return check_in_child(options.output);
  const runtime::Recovered recovered =
      runtime::recover(runtime::follow_links(options.output), options.final_words);
  for (const std::string& note : recovered.notes) launch::print_error("note: {}\n", note);
  if (recovered.problem) launch::print_output_problem(*recovered.problem);
  if (recovered.written.empty()) return kRunFailed;
  launch::print("written to {}: {} rows ({})\nresults {}\n", recovered.written.string(),
                recovered.rows, recovered.state, recovered.hash);
  return recovered.problem ? kRunFailed : kSuccess;
}

}  // namespace bouton::driver
