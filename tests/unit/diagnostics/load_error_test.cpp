#include "compiler/diagnostics/load_error.h"

#include <gtest/gtest.h>

#include "compiler/diagnostics/render.h"

namespace bouton::diagnostics {
namespace {

using source::FileId;
using source::LoadError;
using source::SourceMap;
using source::Span;

TEST(LoadErrorMessage, AMissingImportIsReportedAtTheImport) {
  SourceMap sources;
  const auto file = std::get<FileId>(sources.add_text("main.bouton", "import \"x.bouton\"\n"));
  const auto error = std::get<LoadError>(sources.load("/nonexistent/x.bouton"));
  Diagnostics diagnostics;
  report_load_error(error, Span{file, 7, 17}, diagnostics);
  EXPECT_EQ(render_text(diagnostics, sources),
            "error: cannot read `/nonexistent/x.bouton`: no such file or directory\n"
            " --> main.bouton:1:8\n"
            "  |\n"
            "1 | import \"x.bouton\"\n"
            "  |        ^^^^^^^^^^\n"
            "  |\n"
            "  = hint: a path starts from the folder of the file that imports it\n");
}

TEST(LoadErrorMessage, AMissingProgramIsReportedByItsName) {
  SourceMap sources;
  const auto error = std::get<LoadError>(sources.load("/nonexistent/x.bouton"));
  Diagnostics diagnostics;
  report_load_error(error, std::nullopt, diagnostics);
  EXPECT_EQ(diagnostics.all().at(0).kind, Kind::FileNotReadable);
  EXPECT_EQ(diagnostics.all().at(0).span, error.span);
}

TEST(LoadErrorMessage, ABadByteIsReportedWhereItStandsAndWhoImportedIt) {
  SourceMap sources;
  const auto file = std::get<FileId>(sources.add_text("main.bouton", "import \"x.bouton\"\n"));
  const auto error = std::get<LoadError>(sources.add_text("x.bouton", "rule \x0F\xF0 {\n"));
  Diagnostics diagnostics;
  report_load_error(error, Span{file, 7, 17}, diagnostics);
  EXPECT_EQ(render_text(diagnostics, sources),
            "error: invalid UTF-8: byte 0xF0 cannot stand here\n"
            " --> x.bouton:1:7\n"
            "  |\n"
            "1 | rule \uFFFD? {\n"
            "  |       ^\n"
            " ::: main.bouton:1:8\n"
            "  |\n"
            "1 | import \"x.bouton\"\n"
            "  |        ---------- imported here\n"
            "  |\n"
            "  = hint: save the file as UTF-8\n");
}

}  // namespace
}  // namespace bouton::diagnostics
