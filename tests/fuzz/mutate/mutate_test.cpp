// Whatever is wrong with a program, the compiler says so and goes on living.
#include "tests/fuzz/mutate/mutate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/load/load_program.h"

namespace bouton::fuzz {
namespace {

namespace fs = std::filesystem;

// A case that ends the process is still there afterwards.
const fs::path kCase = fs::path(BOUTON_BUILD_DIR) / "fuzz_mutate_case.bouton";

struct Verdict {
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  bool accepted = false;
};

Verdict check_program(const std::string& text) {
  std::ofstream(kCase, std::ios::binary) << text;
  Verdict verdict;
  const auto files = load::load_program(kCase.string(), verdict.sources, verdict.diagnostics);
  verdict.accepted = files && check::check(*files, verdict.diagnostics).has_value();
  return verdict;
}

// What holds of every message, whatever the program.
void expect_sound(const diagnostics::Diagnostic& message, const source::SourceMap& sources) {
  EXPECT_LE(message.span.begin, message.span.end) << message.headline;
  EXPECT_LE(message.span.end, sources.text(message.span.file).size()) << message.headline;
  EXPECT_THAT(message.headline, testing::Not(testing::HasSubstr("{}")));
  // A value that was reported already has an unknown type, of which nothing is to be said.
  EXPECT_THAT(message.headline, testing::Not(testing::HasSubstr("unknown")));
}

void expect_sound(const Verdict& verdict) {
  EXPECT_NE(verdict.accepted, verdict.diagnostics.has_errors());
  for (const auto& message : verdict.diagnostics.all()) expect_sound(message, verdict.sources);
  const std::string rendered = render_text(verdict.diagnostics, verdict.sources);
  EXPECT_EQ(rendered.empty(), verdict.diagnostics.all().empty());
}

TEST(Mutations, AreAcceptedOrReportedButNeverFatal) {
  constexpr int kCases = 3000;
  const Corpus corpus = read_corpus();
  Random random(20250302);
  int accepted = 0;
  for (int number = 0; number < kCases && !testing::Test::HasFailure(); ++number) {
    const std::string text = make_program(corpus, random);
    SCOPED_TRACE(testing::Message() << "case " << number << ":\n" << text);
    const Verdict verdict = check_program(text);
    expect_sound(verdict);
    if (verdict.accepted) ++accepted;
  }
  EXPECT_GT(accepted, kCases / 50);
  EXPECT_LT(accepted, kCases / 2);
}

TEST(Mutations, OfTokensKeepTheRestOfTheText) {
  const std::string text = "w += eta*exp(-dt/tau)  # so";
  std::string joined;
  for (const std::string& token : split_tokens(text)) joined += token;
  EXPECT_EQ(joined, text);
}

TEST(Mutations, BeginFromDeclarationsWithTheirComments) {
  EXPECT_THAT(
      split_declarations("## a\nrule A {\n}\n\n## b\n## c\nrule B { }\nrule C { }"),
      testing::ElementsAre("## a\nrule A {\n}\n\n", "## b\n## c\nrule B { }\n", "rule C { }"));
}

TEST(Mutations, AreTheSameInEveryRun) {
  const Corpus corpus = read_corpus();
  Random first(7);
  Random second(7);
  for (int number = 0; number < 20; ++number)
    EXPECT_EQ(make_program(corpus, first), make_program(corpus, second));
}

}  // namespace
}  // namespace bouton::fuzz
