// Messages about programs that are too large to be kept, or about plans that no program leads to.
#include "tests/golden/messages/generated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "compiler/diagnostics/render.h"
#include "compiler/driver/pipeline.h"
#include "compiler/parse/lex.h"
#include "tests/golden/messages/message_files.h"
#include "tests/golden/messages/pipeline.h"
#include "tests/golden/support/golden.h"

namespace bouton::golden {
namespace {

namespace fs = std::filesystem;

fs::path text_of(const std::string& kind) {
  return fs::path(BOUTON_SOURCE_DIR) / "tests/golden/messages" / (kind + ".txt");
}

// One word per line.
fs::path write_words(std::size_t words) {
  const fs::path folder = fs::path(BOUTON_BUILD_DIR) / "tests/generated_messages";
  fs::create_directories(folder);
  const fs::path path = folder / ("file-too-long." + std::to_string(words) + ".bouton");
  std::ofstream out(path);
  for (std::size_t i = 0; i < words; ++i) out << ")\n";
  return path;
}

TEST(GeneratedMessage, AFileWithMoreWordsThanTheLimitIsTooLong) {
  const Outcome outcome = check_text_of(write_words(parse::kMaximumWords + 1), report_messages_of);
  EXPECT_THAT(outcome.kinds, testing::Contains("file-too-long"));
  EXPECT_TRUE(matches_golden(text_of("file-too-long"), outcome.text));
}

TEST(GeneratedMessage, AFileWithFewerWordsIsNot) {
  const Outcome outcome = check_text_of(write_words(parse::kMaximumWords / 2), report_messages_of);
  EXPECT_THAT(outcome.kinds, testing::Not(testing::Contains("file-too-long")));
}

std::string messages_of_compiling(plan::MathMode math) {
  driver::Session session;
  static_cast<void>(session.sources.add_text("relaxed.bouton", ""));
  plan::Plan plan;
  plan.name = "Relaxed";
  plan.math = math;
  static_cast<void>(driver::compile(session, plan, ".", {}));
  return diagnostics::render_text(session.diagnostics, session.sources);
}

TEST(GeneratedMessage, APlanThatIsNotGeneratedYetHasNoCode) {
  EXPECT_TRUE(matches_golden(text_of("no-code"), messages_of_compiling(plan::MathMode::Fast)));
  EXPECT_EQ(messages_of_compiling(plan::MathMode::Exact), "");
}

}  // namespace
}  // namespace bouton::golden
