#include "compiler/launch/output.h"

#include <fmt/format.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <utility>

#include "compiler/launch/console.h"

namespace bouton::launch {

namespace {

void print_notes(const std::vector<std::string>& notes) {
  for (const std::string& note : notes) fmt::print(stderr, "note: {}\n", note);
}

}  // namespace

void print_output_problem(const runtime::OutputProblem& problem) {
  fmt::print(stderr, "error: {}\n", problem.message);
  if (!problem.hint.empty()) fmt::print(stderr, " = hint: {}\n", problem.hint);
}

bool can_write_to(const std::string& file) {
  const std::string probe = file + ".part";
  const bool existed = std::filesystem::exists(probe);
  const bool writable = std::ofstream(probe, std::ios::app).good();
  if (writable && !existed) std::filesystem::remove(probe);
  if (!writable)
    fmt::print(stderr, "error: cannot write `{}`: is its folder there and writable?\n", file);
  return writable;
}

std::optional<std::unique_ptr<runtime::RunOutput>> open_output(
    const runtime::RunDescription& description, const OutputSettings& settings) {
  if (settings.file.empty()) {
    if (!settings.resume) return std::unique_ptr<runtime::RunOutput>();
    print_output_problem({"`--resume` needs the output of the run that it goes on with",
                          "name it with `-o`, as that run did"});
    return std::nullopt;
  }
  // A limit on the size of files is then an error of writing, not the end of the program.
  std::signal(SIGXFSZ, SIG_IGN);
  const runtime::OutputOptions options{settings.file, settings.resume,
                                       std::chrono::duration<double>(settings.checkpoint_every)};
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
  print_notes(finished.notes);
  if (!finished.written.empty()) fmt::print("written to {}\n", finished.written.string());
  if (finished.problem) print_output_problem(*finished.problem);
  return !finished.problem;
}

}  // namespace bouton::launch
