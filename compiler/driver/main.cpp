// bouton: reads the command line and hands over to the sub-command. The phases are in pipeline.h.
#include <cstdio>
#include <new>
#include <variant>

#include "compiler/base/match.h"
#include "compiler/driver/commands.h"

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

}  // namespace

int main(int argument_count, char** arguments) {
  const auto command = bouton::driver::parse_command_line(argument_count, arguments);
  if (const int* code = std::get_if<int>(&command)) return *code;
  try {
    return execute(std::get<bouton::driver::Command>(command));
  } catch (const std::bad_alloc&) {
    std::fputs("error: there is not enough memory for this experiment\n", stderr);
    return bouton::driver::kRunFailed;
  }
}
