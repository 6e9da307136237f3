#include "tests/unit/check_network/marked.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/check_network/checked.h"

namespace bouton {

namespace {

constexpr std::string_view kOpen = "«";
constexpr std::string_view kClose = "»";

struct Marked {
  std::string text;
  std::string inside;
  std::size_t begin_of_rest = 0;  // how far the marked place is from the end
};

Marked unmark(std::string_view marked) {
  const std::size_t open = marked.find(kOpen);
  const std::size_t close = marked.find(kClose);
  EXPECT_NE(open, std::string_view::npos) << "no marked place";
  Marked result;
  result.inside = marked.substr(open + kOpen.size(), close - open - kOpen.size());
  const std::string_view rest = marked.substr(close + kClose.size());
  result.begin_of_rest = rest.size();
  result.text = std::string(marked.substr(0, open)) + result.inside + std::string(rest);
  return result;
}

}  // namespace

void expect_message(std::string_view marked, const Expected& expected) {
  const Marked program = unmark(marked);
  const Checked checked = check_with_components(program.text);
  const diagnostics::Diagnostic* message = checked.only(expected.kind);
  ASSERT_NE(message, nullptr) << program.text << checked.messages();
  EXPECT_EQ(message->headline, expected.headline);
  EXPECT_EQ(checked.at(message->span), program.inside);
  EXPECT_EQ(checked.text.size() - message->span.end, program.begin_of_rest) << checked.messages();
  std::vector<std::string> others;
  for (const diagnostics::Label& label : message->others) others.push_back(label.text);
  EXPECT_THAT(others, testing::ElementsAreArray(expected.others)) << checked.messages();
  EXPECT_EQ(message->hint, expected.hint);
  const bool is_error = diagnostics::severity_of(expected.kind) == diagnostics::Severity::Error;
  EXPECT_EQ(checked.diagnostics.error_count(), is_error ? 1U : 0U) << checked.messages();
}

void expect_message_in_experiment(std::string_view marked, const Expected& expected) {
  expect_message(std::string(R"(
experiment E {
  timestep 1 ms
  population z[3]: N()
  population m[3]: Mute()
  projection W: z -> z.I, no self, via S(), learning R()
  record start = z.bias, gain = m.gain
)") + std::string(marked) +
                     "\n}\n",
                 expected);
}

}  // namespace bouton
