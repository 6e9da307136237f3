// bouton: reads the command line and hands over to the sub-command. The phases are in pipeline.h.
#include "compiler/base/match.h"
#include "compiler/driver/commands.h"

int main(int argument_count, char** arguments) {
  using namespace bouton::driver;
  const auto command = parse_command_line(argument_count, arguments);
  if (const int* code = std::get_if<int>(&command)) return *code;
  return bouton::match(
      std::get<Command>(command), [](const RunOptions& options) { return run(options); },
      [](const CheckOptions& options) { return check(options); },
      [](const FormatOptions& options) { return format(options); },
      [](const VerifyOptions& options) { return verify(options); });
}
