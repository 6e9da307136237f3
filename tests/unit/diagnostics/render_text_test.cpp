#include <gtest/gtest.h>

#include "compiler/diagnostics/render.h"

namespace bouton::diagnostics {
namespace {

using source::FileId;
using source::SourceMap;
using source::Span;

FileId add(SourceMap& sources, std::string_view name, std::string_view text) {
  return std::get<FileId>(sources.add_text(name, text));
}

// The span of the first occurrence of `word` in a file.
Span find(const SourceMap& sources, FileId file, std::string_view word) {
  const auto begin = static_cast<std::uint32_t>(sources.text(file).find(word));
  return {file, begin, begin + static_cast<std::uint32_t>(word.size())};
}

TEST(RenderText, AMessagePointsAtItsPlace) {
  SourceMap sources;
  const FileId file = add(sources, "a.bouton", "neuron N {\n  u = I + tau\n}\n");
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, find(sources, file, "I + tau"), {"cannot add"})
      .label("`voltage` + `time`")
      .hint("divide by a time constant");
  EXPECT_EQ(render_text(diagnostics, sources),
            "error: there is no `cannot add` here\n"
            " --> a.bouton:2:7\n"
            "  |\n"
            "2 |   u = I + tau\n"
            "  |       ^^^^^^^ `voltage` + `time`\n"
            "  |\n"
            "  = hint: divide by a time constant\n");
}

TEST(RenderText, RelatedPlacesAreShownInOrderOfLines) {
  SourceMap sources;
  const FileId file = add(sources, "a.bouton", "input I\n\n\n\n\n\n\n\n\nu = I + I2\n");
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, find(sources, file, "I2"), {"no"})
      .label("here")
      .other(find(sources, file, "I\n"), "declared here")
      .other(find(sources, file, "u ="), "in this");
  EXPECT_EQ(render_text(diagnostics, sources),
            "error: there is no `no` here\n"
            "  --> a.bouton:10:9\n"
            "   |\n"
            " 1 | input I\n"
            "   |       - declared here\n"
            "  ...\n"
            "10 | u = I + I2\n"
            "   | --- in this\n"
            "   |         ^^ here\n");
}

TEST(RenderText, PlacesInOtherFilesFollowWithTheirOwnExcerpt) {
  SourceMap sources;
  const FileId main = add(sources, "main.bouton", "import a\n");
  const FileId other = add(sources, "lib/a.bouton", "import main\n");
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, find(sources, main, "import a"), {"import cycle"})
      .other(find(sources, other, "import main"), "which imports");
  EXPECT_EQ(render_text(diagnostics, sources),
            "error: there is no `import cycle` here\n"
            " --> main.bouton:1:1\n"
            "  |\n"
            "1 | import a\n"
            "  | ^^^^^^^^\n"
            " ::: lib/a.bouton:1:1\n"
            "  |\n"
            "1 | import main\n"
            "  | ----------- which imports\n");
}

TEST(RenderText, TabsAreDrawnAsSpacesAndCountedAsDrawn) {
  SourceMap sources;
  const FileId file = add(sources, "a", "\tx\ty\n");
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, find(sources, file, "y"), {"no"});
  EXPECT_EQ(render_text(diagnostics, sources),
            "error: there is no `no` here\n"
            " --> a:1:4\n"
            "  |\n"
            "1 |     x   y\n"
            "  |         ^\n");
}

TEST(RenderText, WideAndCombiningCharactersAreCountedAsDrawn) {
  SourceMap sources;
  const FileId file = add(sources, "a", "\u6F22\u5B57 e\u0301 x\n");
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, find(sources, file, "x"), {"no"});
  diagnostics.report(Kind::UnknownName, find(sources, file, "\u5B57"), {"wide"});
  EXPECT_EQ(render_text(diagnostics, sources),
            "error: there is no `no` here\n"
            " --> a:1:7\n"
            "  |\n"
            "1 | \u6F22\u5B57 e\u0301 x\n"
            "  |        ^\n"
            "\n"
            "error: there is no `wide` here\n"
            " --> a:1:2\n"
            "  |\n"
            "1 | \u6F22\u5B57 e\u0301 x\n"
            "  |   ^^\n");
}

TEST(RenderText, ControlCharactersDoNotReachTheTerminal) {
  SourceMap sources;
  const FileId file = add(sources, "a", "x \x1b[31m \u202E y");
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, find(sources, file, "y"), {"saw `\x1b`"});
  const std::string text = render_text(diagnostics, sources);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\u202E"), std::string::npos);
  EXPECT_NE(text.find("\uFFFD[31m \uFFFD y\n  |           ^"), std::string::npos) << text;
}

TEST(RenderText, ASpanOverSeveralLinesIsUnderlinedOnItsFirst) {
  SourceMap sources;
  const FileId file = add(sources, "a", "run 1 ms {\n  x\n}\n");
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, Span{file, 4, 16}, {"no"}).label("this");
  EXPECT_EQ(render_text(diagnostics, sources),
            "error: there is no `no` here\n"
            " --> a:1:5\n"
            "  |\n"
            "1 | run 1 ms {\n"
            "  |     ^^^^^^ this\n");
}

TEST(RenderText, TheEndOfTheTextGetsACaret) {
  SourceMap sources;
  const FileId file = add(sources, "a", "rule R {\n");
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, Span{file, 9, 9}, {"no"}).label("`}` expected");
  EXPECT_EQ(render_text(diagnostics, sources),
            "error: there is no `no` here\n"
            " --> a:2:1\n"
            "  |\n"
            "2 |\n"
            "  | ^ `}` expected\n");
}

TEST(RenderText, AFileWithoutTextIsNamedWithoutALine) {
  SourceMap sources;
  const auto error = std::get<source::LoadError>(sources.load("/nonexistent/x.bouton"));
  Diagnostics diagnostics;
  diagnostics.report(Kind::FileNotReadable, error.span, {error.name, "no such file or directory"});
  EXPECT_EQ(render_text(diagnostics, sources),
            "error: cannot read `/nonexistent/x.bouton`: no such file or directory\n"
            " --> /nonexistent/x.bouton\n");
}

TEST(RenderText, AVeryLongLineIsCutAroundItsMark) {
  SourceMap sources;
  const FileId file = add(sources, "a", std::string(100000, '(') + "x" + std::string(100000, ')'));
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, find(sources, file, "x"), {"nested too deeply"});
  EXPECT_EQ(render_text(diagnostics, sources),
            "error: there is no `nested too deeply` here\n"
            " --> a:1:100001\n"
            "  |\n"
            "1 | \u2026" +
                std::string(40, '(') + "x" + std::string(79, ')') +
                "\u2026\n"
                "  | " +
                std::string(41, ' ') + "^\n");
}

TEST(RenderText, AMarkOutsideTheShownPartOfALongLineStaysInside) {
  SourceMap sources;
  const FileId file = add(sources, "a", "x" + std::string(500, ' ') + "y");
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, find(sources, file, "x"), {"no"})
      .other(find(sources, file, "y"), "far");
  const std::string text = render_text(diagnostics, sources);
  EXPECT_NE(text.find("\n  | ^\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  | " + std::string(120, ' ') + "- far\n"), std::string::npos) << text;
}

TEST(RenderText, SuppressedErrorsAreCountedAtTheEnd) {
  SourceMap sources;
  const FileId file = add(sources, "a", std::string(100, 'x'));
  Diagnostics diagnostics;
  for (std::uint32_t i = 0; i < Diagnostics::kErrorCap + 2; ++i) {
    diagnostics.report(Kind::UnknownName, Span{file, i, i + 1}, {"x"});
  }
  EXPECT_TRUE(render_text(diagnostics, sources).ends_with("\n\nand 2 more errors\n"));
}

TEST(RenderText, ColourIsUsedOnlyWhenAsked) {
  SourceMap sources;
  const FileId file = add(sources, "a", "x");
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, Span{file, 0, 1}, {"no"}).label("l").hint("h");
  EXPECT_EQ(render_text(diagnostics, sources).find('\x1b'), std::string::npos);
  const std::string colored = render_text(diagnostics, sources, Color::Always);
  EXPECT_TRUE(colored.starts_with("\x1b[1;31merror\x1b[0m\x1b[1m: there is no `no` here\x1b[0m\n"))
      << colored;
}

}  // namespace
}  // namespace bouton::diagnostics
