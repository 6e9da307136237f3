// main of executables made by `bouton build`.
#include <cstdio>
#include <new>

#include "compiler/launch/session.h"
#include "compiler/standalone/standalone.h"

extern "C" const bouton::runtime::EmbeddedProgram bouton_embedded_program;

int main(int argument_count, char** arguments) {
  try {
    return bouton::standalone::run(bouton_embedded_program, argument_count, arguments);
  } catch (const std::bad_alloc&) {
    std::fputs("error: there is not enough memory for this experiment\n", stderr);
    return bouton::launch::kRunFailed;
  }
}
