#include "compiler/driver/in_child.h"

#include <gtest/gtest.h>

#include <csignal>

namespace bouton::driver {
namespace {

TEST(InChild, TheFunctionsValueIsReturned) {
  EXPECT_EQ(run_in_child([] { return 0; }), 0);
  EXPECT_EQ(run_in_child([] { return 3; }), 3);
}

TEST(InChild, ACrashIsNoCrashOfTheParent) {
  const auto crash = [] {
    std::signal(SIGSEGV, SIG_DFL);  // sanitizers listen to it
    std::raise(SIGSEGV);
    return 0;
  };
  EXPECT_EQ(run_in_child(crash), std::nullopt);
}

}  // namespace
}  // namespace bouton::driver
