#include <gtest/gtest.h>

#include "tests/support/killed/killed.h"

namespace bouton::driver {
namespace {

TEST(Killed, ARunWritesWhatAnUndisturbedOneDoes) { kill_and_resume(1, 6); }

TEST(Killed, ReplicasInLanesWriteWhatUndisturbedOnesDo) { kill_and_resume(9, 6); }

TEST(Killed, ASweepWritesWhatAnUndisturbedOneDoes) { kill_and_resume_sweep(1, 3); }

TEST(Killed, ASweepInThreadsWritesWhatAnUndisturbedOneDoes) { kill_and_resume_sweep(3, 3); }

}  // namespace
}  // namespace bouton::driver
