// Killed twenty times.
#include <gtest/gtest.h>

#include "tests/support/killed/killed.h"

namespace bouton::driver {
namespace {

TEST(KilledOften, ARunWritesWhatAnUndisturbedOneDoes) { kill_and_resume(1, 20); }

TEST(KilledOften, ReplicasInLanesWriteWhatUndisturbedOnesDo) { kill_and_resume(13, 20); }

TEST(KilledOften, ASweepWritesWhatAnUndisturbedOneDoes) { kill_and_resume_sweep(1, 20); }

TEST(KilledOften, ASweepInThreadsWritesWhatAnUndisturbedOneDoes) { kill_and_resume_sweep(3, 20); }

}  // namespace
}  // namespace bouton::driver
