// Every program in the documentation is parsed and checked: it gives no message at all, or exactly
// the one that its fence announces.
#include "tests/docs/examples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/elaborate/elaborate.h"
#include "compiler/load/load_program.h"

namespace bouton::docs {
namespace {

namespace fs = std::filesystem;
using diagnostics::Diagnostics;
using testing::ElementsAre;
using testing::IsEmpty;

const std::map<diagnostics::Kind, std::string>& names_of_kinds() {
  static const std::map<diagnostics::Kind, std::string> kNames = {
#define BOUTON_DIAGNOSTIC(name, severity, headline) {diagnostics::Kind::name, #name},
#include "compiler/diagnostics/kinds.def"
#undef BOUTON_DIAGNOSTIC
  };
  return kNames;
}

// What one program was told.
struct Outcome {
  std::vector<std::string> kinds;
  std::string rendered;
};

// A message that check cannot give is asked of elaborate, where the experiments are instantiated.
void elaborate_experiments(const model::Program& program, Diagnostics& diagnostics) {
  for (const model::ExperimentId id : program.experiments.ids())
    static_cast<void>(elaborate::elaborate(program, id, {}, diagnostics));
}

Outcome compile(const fs::path& path, bool with_elaborate) {
  source::SourceMap sources;
  Diagnostics diagnostics;
  if (const auto files = load::load_program(path.string(), sources, diagnostics))
    if (const auto program = check::check(*files, diagnostics); program && with_elaborate)
      elaborate_experiments(*program, diagnostics);
  Outcome outcome{{}, diagnostics::render_text(diagnostics, sources)};
  for (const diagnostics::Diagnostic& one : diagnostics.all())
    outcome.kinds.push_back(names_of_kinds().at(one.kind));
  return outcome;
}

void write_file(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

// A folder with all files of a document that others import.
fs::path make_folder(const fs::path& document, const std::vector<Example>& examples) {
  const fs::path folder = fs::path(testing::TempDir()) / ("bouton_" + document.stem().string());
  fs::create_directories(folder);
  for (const Example& example : examples)
    if (!example.file.empty()) write_file(folder / example.file, example.text);
  return folder;
}

std::string frame_of(const std::vector<Example>& examples) {
  for (const Example& example : examples)
    if (example.part == "frame") return example.text;
  return {};
}

void expect_as_announced(const Example& example, const fs::path& path) {
  SCOPED_TRACE(example.document + ":" + std::to_string(example.line));
  const Outcome outcome = compile(path, example.error.has_value());
  if (example.error)
    EXPECT_THAT(outcome.kinds, ElementsAre(*example.error)) << outcome.rendered;
  else
    EXPECT_THAT(outcome.kinds, IsEmpty()) << outcome.rendered;
}

class Document : public testing::TestWithParam<fs::path> {};

TEST_P(Document, HoldsProgramsThatAreWhatItSays) {
  const std::vector<Example> examples = read_examples(GetParam());
  const fs::path folder = make_folder(GetParam(), examples);
  const std::string frame = frame_of(examples);
  for (const Example& example : examples) {
    const std::string whole = complete(example, frame);
    ASSERT_FALSE(whole.empty()) << example.document << ":" << example.line << " has no frame";
    const fs::path path = folder / (example.file.empty() ? "example.bouton" : example.file);
    write_file(path, whole);
    expect_as_announced(example, path);
  }
}

std::string name_of_document(const testing::TestParamInfo<fs::path>& info) {
  return info.param.stem().string();
}

INSTANTIATE_TEST_SUITE_P(Documentation, Document, testing::ValuesIn(documents()), name_of_document);

TEST(Examples, TheReferenceAndTheReadmeHoldSome) {
  const fs::path root = BOUTON_SOURCE_DIR;
  EXPECT_GE(read_examples(root / "docs/language.md").size(), 20U);
  EXPECT_GE(read_examples(root / "README.md").size(), 2U);
}

TEST(Examples, AFenceIsReadWithItsAttributes) {
  const auto examples = find_examples(
      "a.md", "text\n```bouton rule error=\"UnknownName\"\nw' = x\n```\n```\nno\n```\n");
  ASSERT_EQ(examples.size(), 1U);
  EXPECT_EQ(examples[0].line, 2U);
  EXPECT_EQ(examples[0].part, "rule");
  EXPECT_EQ(examples[0].error, "UnknownName");
  EXPECT_EQ(complete(examples[0], ""), "rule Example {\nw' = x\n}\n");
}

TEST(Examples, AWrongProgramIsFound) {
  const fs::path path = fs::path(testing::TempDir()) / "wrong.bouton";
  write_file(path, "rule R { w' = x }\n");
  EXPECT_THAT(compile(path, false).kinds, ElementsAre("UnknownName"));
}

}  // namespace
}  // namespace bouton::docs
