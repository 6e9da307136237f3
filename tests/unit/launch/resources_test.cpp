// What replicas need at least is known before they run.
#include "compiler/launch/resources.h"

#include <gtest/gtest.h>

#include "compiler/diagnostics/render.h"
#include "compiler/launch/pipeline.h"

namespace bouton::launch {
namespace {

double rows_of(const std::string& statements) {
  Session session;
  session.sources.embed("main.bouton",
                        "experiment E(rows = 5) {\n  timestep 1 ms\n" + statements + "\n}\n");
  const auto program = check_file(session, "main.bouton");
  EXPECT_TRUE(program) << diagnostics::render_text(session.diagnostics, session.sources);
  if (!program) return -1;
  const auto network = bind(session, *program, model::ExperimentId{0}, {});
  EXPECT_TRUE(network) << diagnostics::render_text(session.diagnostics, session.sources);
  return network ? count_certain_rows(*network) : -1;
}

TEST(Resources, RowsOfLoopsOfKnownLengthsAreCounted) {
  EXPECT_EQ(rows_of("record rows"), 1);
  EXPECT_EQ(rows_of("for i in 1 .. rows { record i }"), 5);
  EXPECT_EQ(rows_of("for i in 1 .. rows { for j in 0 .. 1 by 0.25 { record i, j } }"), 25);
  EXPECT_EQ(rows_of("for i in 1 .. 2 * rows { every 5 { record i } }"), 2);
}

TEST(Resources, RowsThatMayNotBeRecordedAreNotCounted) {
  EXPECT_EQ(rows_of("for i in 1 .. rows { if i > 3 { record i } }"), 0);
  EXPECT_EQ(rows_of("for i in 1 .. rows { record i\n if i > 3 { break } }"), 0);
  EXPECT_EQ(rows_of("for x in draw(rows, [1, 2]) { record x }"), 0);
}

}  // namespace
}  // namespace bouton::launch
