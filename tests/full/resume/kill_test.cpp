// Killed twenty times.
#include <gtest/gtest.h>

#include "tests/support/killed/killed.h"

namespace bouton::driver {
namespace {

TEST(KilledOften, ARunWritesWhatAnUndisturbedOneDoes) { kill_and_resume(1, 20); }

TEST(KilledOften, ReplicasInLanesWriteWhatUndisturbedOnesDo) { kill_and_resume(13, 20); }

}  // namespace
}  // namespace bouton::driver
