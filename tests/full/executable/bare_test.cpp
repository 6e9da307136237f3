// An executable where there is nothing but the C library.
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "tests/support/command/command.h"

namespace bouton::executable {
namespace {

TEST(Bare, AnExecutableRunsBesideTheCLibraryAlone) {
  if (geteuid() != 0 || run_command("command -v apt-get").code != 0)
    GTEST_SKIP() << "chroot takes root, and the C library comes from Debian's packages";
  const std::string program =
      BOUTON_SOURCE_DIR "/tests/differential/executable/programs/network.bouton";
  const std::string executable = temporary("network");
  const Said built = run_command(bouton() + " build " + program + " -o " + executable);
  ASSERT_EQ(built.code, 0) << built.output;
  const Said alone = run_command(BOUTON_SOURCE_DIR "/tools/bare " + executable + " -q --seed 41");
  EXPECT_EQ(alone.code, 0) << alone.output;
  EXPECT_NE(hashes(alone.output), "") << alone.output;
  EXPECT_EQ(hashes(alone.output),
            hashes(run_command(bouton() + " run " + program + " -q --seed 41").output));
}

}  // namespace
}  // namespace bouton::executable
