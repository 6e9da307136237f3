// Files that are complete or not there, whatever lies in their place.
#include "runtime/files/whole_file.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <iterator>

namespace bouton::runtime {
namespace {

using ::testing::HasSubstr;

std::filesystem::path in_temporary_folder(const std::string& name) {
  return std::filesystem::path(testing::TempDir()) / name;
}

std::string bytes_in(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// No file of this process grows beyond so many bytes, as on a full disk.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST(WholeFile, AFullDiskLeavesTheOlderFileAlone) {
  const auto path = in_temporary_folder("older.h5");
  ASSERT_FALSE(write_whole_file(path, "older").has_value());
  std::optional<Error> error;
  {
    const SmallDisk disk(1000);
    error = write_whole_file(path, std::string(2000, 'x'));
  }
  ASSERT_TRUE(error.has_value());
  EXPECT_THAT(error->message, HasSubstr("File too large"));
  EXPECT_EQ(bytes_in(path), "older");
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

TEST(WholeFile, ALinkLeftBesideItIsNotFollowed) {
  const auto path = in_temporary_folder("beside.h5");
  const auto other = in_temporary_folder("other");
  ASSERT_FALSE(write_whole_file(other, "mine").has_value());
  std::filesystem::remove(path.string() + ".part");
  std::filesystem::create_symlink(other, path.string() + ".part");
  ASSERT_FALSE(write_whole_file(path, "newer").has_value());
  EXPECT_EQ(bytes_in(path), "newer");
  EXPECT_FALSE(std::filesystem::is_symlink(path));
  EXPECT_EQ(bytes_in(other), "mine");
}

}  // namespace
}  // namespace bouton::runtime
