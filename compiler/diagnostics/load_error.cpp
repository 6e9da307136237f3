#include "compiler/diagnostics/load_error.h"

#include <fmt/format.h>

#include "compiler/base/match.h"

namespace bouton::diagnostics {

void report_load_error(const source::LoadError& error, std::optional<source::Span> import,
                       Diagnostics& diagnostics) {
  match(
      error.cause,
      [&](const source::NotReadable& cause) {
        auto report = diagnostics.report(Kind::FileNotReadable, import.value_or(error.span),
                                         {error.name, cause.reason});
        if (import) report.hint("a path starts from the folder of the file that imports it");
      },
      [&](const source::BadEncoding& cause) {
        auto report =
            diagnostics.report(Kind::InvalidUtf8, error.span, {fmt::format("{:02X}", cause.byte)});
        if (import) report.other(*import, "imported here");
        report.hint("save the file as UTF-8");
      });
}

}  // namespace bouton::diagnostics
