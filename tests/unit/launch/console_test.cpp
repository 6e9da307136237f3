// The time in which replicas ran.
#include "compiler/launch/console.h"

#include <gtest/gtest.h>

#include <thread>

namespace bouton::launch {
namespace {

using namespace std::chrono_literals;

TEST(Console, TimeBeforeAndBetweenBlocksIsNoWork) {
  Console console({true, 1});
  std::this_thread::sleep_for(5ms);
  EXPECT_EQ(console.seconds_worked(), 0.0);
  console.begin_work();
  std::this_thread::sleep_for(20ms);
  console.end_work();
  const double worked = console.seconds_worked();
  EXPECT_GE(worked, 0.02);
  std::this_thread::sleep_for(5ms);
  EXPECT_EQ(console.seconds_worked(), worked);
}

TEST(Console, BlocksSideBySideAreNotCountedTwice) {
  Console console({true, 2});
  const auto begin = std::chrono::steady_clock::now();
  console.begin_work();
  console.begin_work();
  std::this_thread::sleep_for(20ms);
  console.end_work();
  EXPECT_GE(console.seconds_worked(), 0.02);  // the other one goes on
  console.end_work();
  const std::chrono::duration<double> all = std::chrono::steady_clock::now() - begin;
  EXPECT_LE(console.seconds_worked(), all.count());
}

}  // namespace
}  // namespace bouton::launch
