// bouton: reads the command line and hands over to the sub-command. The phases are in pipeline.h.
#include <variant>

#include "compiler/base/match.h"
#include "compiler/driver/commands.h"
#include "compiler/launch/streams.h"

namespace {

int execute(const bouton::driver::Command& command) {
  using namespace bouton::driver;
  return bouton::match(
      command, [](const RunOptions& options) { return run(options); },
      [](const SweepOptions& options) { return sweep(options); },
      [](const BuildOptions& options) { return build(options); },
      [](const CheckOptions& options) { return check(options); },
      [](const FormatOptions& options) { return format(options); },
      [](const VerifyOptions& options) { return verify(options); },
      [](const ExplainOptions& options) { return explain(options); },
      [](const RecoverOptions& options) { return recover(options); });
}

int run_command_line(int argument_count, char** arguments) {
  const auto command = bouton::driver::parse_command_line(argument_count, arguments);
  if (const int* code = std::get_if<int>(&command)) return *code;
  return execute(std::get<bouton::driver::Command>(command));
}

}  // namespace

int main(int argument_count, char** arguments) {
  return bouton::launch::run_guarded(run_command_line, argument_count, arguments);
}
