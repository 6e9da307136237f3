// Whatever bytes a file holds, the front end ends, and either accepts them or says why not.
// libFuzzer grows its inputs by the branches that they reach; it looks for crashes, hangs and
// memory by itself.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "compiler/base/check.h"
#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/load/load_program.h"

namespace {

const std::string& case_file() {
  static const std::string path = (std::filesystem::temp_directory_path() /
                                   ("bouton_front_end_" + std::to_string(getpid()) + ".bouton"))
                                      .string();
  return path;
}

void check_bytes(const char* bytes, std::size_t size) {
  std::ofstream(case_file(), std::ios::binary).write(bytes, static_cast<std::streamsize>(size));
  bouton::source::SourceMap sources;
  bouton::diagnostics::Diagnostics diagnostics;
  const auto files = bouton::load::load_program(case_file(), sources, diagnostics);
  const bool accepted = files && bouton::check::check(*files, diagnostics).has_value();
  BOUTON_CHECK(accepted != diagnostics.has_errors(), "refused exactly when there is a message");
  const std::string text = bouton::diagnostics::render_text(diagnostics, sources);
  BOUTON_CHECK(text.empty() == diagnostics.all().empty(), "every message can be read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  check_bytes(reinterpret_cast<const char*>(bytes), size);  // NOLINT: bytes of a text
  return 0;
}
