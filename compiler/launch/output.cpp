#include "compiler/launch/output.h"

#include <fmt/format.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <utility>

#include "compiler/launch/console.h"
#include "compiler/launch/streams.h"
#include "compiler/launch/target.h"
#include "runtime/files/whole_file.h"

namespace bouton::launch {

namespace {

constexpr double kCheckpointEvery = 600;  // seconds

void print_notes(const std::vector<std::string>& notes) {
  for (const std::string& note : notes) print_error("note: {}\n", note);
}

}  // namespace

void print_output_problem(const runtime::OutputProblem& problem) {
  print_error("error: {}\n", problem.message);
  if (!problem.hint.empty()) print_error(" = hint: {}\n", problem.hint);
}

bool can_write_executable(const Session& session, const std::string& file) {
  if (const auto problem = find_target_problem(session.sources, file, TargetKind::Executable)) {
    print_output_problem(*problem);
    return false;
  }
  const std::string probe = file + ".part";
  const bool existed = std::filesystem::exists(probe);
  const bool writable = std::ofstream(probe, std::ios::app).good();
  if (writable && !existed) std::filesystem::remove(probe);
  if (!writable) print_error("error: cannot write `{}`: is its folder there and writable?\n", file);
  return writable;
}

bool has_output_needed(const OutputSettings& settings) {
  if (!settings.file.empty() || (!settings.resume && !settings.checkpoint_every)) return true;
  if (settings.resume) {
    print_output_problem({"`--resume` needs the output of the run that it goes on with",
                          "name it with `-o`, as that run did"});
  } else {
    print_output_problem(
        {"`--checkpoint-every` needs an output: checkpoints stand beside it", "name it with `-o`"});
  }
  return false;
}

std::optional<std::unique_ptr<runtime::RunOutput>> open_output(
    const Session& session, const runtime::RunDescription& description,
    const OutputSettings& settings) {
  if (settings.file.empty()) return std::unique_ptr<runtime::RunOutput>();
  auto refused = find_input_problem(description, settings.file);
  if (!refused) refused = find_target_problem(session.sources, settings.file, TargetKind::Results);
  if (refused) {
    print_output_problem(*refused);
    return std::nullopt;
  }
  // A limit on the size of files and a reader of the printed rows who has gone are then errors of
  // writing, not the end of the program.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  const runtime::OutputOptions options{
      runtime::follow_links(settings.file), settings.resume,
      std::chrono::duration<double>(settings.checkpoint_every.value_or(kCheckpointEvery)),
      settings.checkpoints};
  auto opened = runtime::RunOutput::open(options, description);
  if (const auto* problem = std::get_if<runtime::OutputProblem>(&opened)) {
    print_output_problem(*problem);
    return std::nullopt;
  }
  auto& made = std::get<std::unique_ptr<runtime::RunOutput>>(opened);
  print_notes(made->notes());
  return std::move(made);
}

runtime::RunOutput::Finished finish_output(runtime::RunOutput& output) {
  return output.finish(was_interrupted() ? "interrupted" : "");
}

bool print_finished(const runtime::RunOutput::Finished& finished) {
  if (!finished.written.empty()) print("written to {}\n", finished.written.string());
  print_notes(finished.notes);
  if (finished.problem) print_output_problem(*finished.problem);
  return !finished.problem;
}

}  // namespace bouton::launch
