// Every construct of unlowered.def has a sample that is refused with exactly its message.
#include <fmt/format.h>

#include "compiler/lower/unlowered.h"
#include "tests/unit/lower/lowered.h"

namespace bouton::lower {
namespace {

std::vector<UnloweredInfo> with_samples() {
  std::vector<UnloweredInfo> infos;
  for (const UnloweredInfo& info : all_unlowered())
    if (!info.sample.empty()) infos.push_back(info);
  return infos;
}

class Samples : public testing::TestWithParam<UnloweredInfo> {};
INSTANTIATE_TEST_SUITE_P(Unlowered, Samples, testing::ValuesIn(with_samples()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_P(Samples, AreRefusedWithTheirMessage) {
  const UnloweredInfo& info = GetParam();
  const std::string file = fmt::format("tests/unit/lower/samples/{}.bouton", info.sample);
  const auto compiled = compile_file(file);
  ASSERT_TRUE(compiled->network) << compiled->messages();
  EXPECT_FALSE(compiled->plan);
  std::vector<std::string> errors;
  for (const diagnostics::Diagnostic& diagnostic : compiled->diagnostics.all()) {
    if (diagnostics::severity_of(diagnostic.kind) != diagnostics::Severity::Error) continue;
    errors.push_back(diagnostic.headline);
    EXPECT_EQ(diagnostic.kind, diagnostics::Kind::Unlowered);
    EXPECT_EQ(diagnostic.hint, info.hint);
    EXPECT_FALSE(diagnostic.span == source::Span{}) << "without a place";
  }
  EXPECT_EQ(errors, std::vector{fmt::format("{} is not compiled yet", info.subject)});
}

}  // namespace
}  // namespace bouton::lower
