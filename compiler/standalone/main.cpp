// main of executables made by `bouton build`.
#include "compiler/launch/streams.h"
#include "compiler/standalone/standalone.h"

extern "C" const bouton::runtime::EmbeddedProgram bouton_embedded_program;

namespace {

int run_embedded(int argument_count, char** arguments) {
  return bouton::standalone::run(bouton_embedded_program, argument_count, arguments);
}

}  // namespace

int main(int argument_count, char** arguments) {
  return bouton::launch::run_guarded(run_embedded, argument_count, arguments);
}
