#include "tests/support/killed/killed.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "runtime/hdf5/read_result_file.h"
#include "runtime/output/leftovers.h"

namespace bouton::driver {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Milliseconds = std::chrono::milliseconds;

constexpr const char* kProgram = R"(
import neurons.sampler
import synapses.rectangular
import rules.sal

experiment Learning(epochs = 150, eta = 0.01) {
  timestep 1 ms
  population z[6]: Sampler(10 ms, bias = -0.5)
  projection W: z -> z.I, no self, via Rectangular(10 ms), learning SAL(eta)
  W.w = uniform(-1, 1, [6, 6])
  for epoch in 0 .. epochs - 1 {
    run 20 s observing { n = count(z); s = spikes(z) after 19990 ms }
    every 3 { record epoch, W.w, s }
    z.bias = z.bias + normal(0, 0.01, [6])
    record total = sum(n), odd = epoch > 3
  }
  print "bias ", z.bias
}
sweep Rates of Learning {
  epochs in [60, 93]
  eta in [0, 0.01]
  seeds 3
}
)";

class Disturbed {
 public:
  explicit Disturbed(std::vector<std::string> command)
      : folder_(fs::path(testing::TempDir()) / ("killed_" + std::to_string(getpid()))),
        command_(std::move(command)) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    std::ofstream(folder_ / "main.bouton") << kProgram;
  }
  Disturbed(const Disturbed&) = delete;
  Disturbed& operator=(const Disturbed&) = delete;
  ~Disturbed() { fs::remove_all(folder_); }

  [[nodiscard]] fs::path file(const char* name) const { return folder_ / name; }

  // The tool in a process of its own. All say that they begin at the same time.
  [[nodiscard]] pid_t start(const fs::path& output, bool resume) const {
    std::vector<std::string> words = {BOUTON_BUILD_DIR "/bin/bouton", command_.front(),
                                      (folder_ / "main.bouton").string()};
    words.insert(words.end(), command_.begin() + 1, command_.end());
    for (const char* word : {"--quiet", "--checkpoint-every", "0.02s", "-o"})
      words.emplace_back(word);
    words.push_back(output.string());
    if (resume) words.emplace_back("--resume");
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const pid_t child = fork();
    if (child != 0) return child;
    const std::string log = (folder_ / "log.txt").string();
    if (std::freopen(log.c_str(), "a", stdout) == nullptr || dup2(1, 2) < 0) _exit(99);
    setenv("SOURCE_DATE_EPOCH", "0", 1);
    execv(arguments[0], arguments.data());
    _exit(98);
  }

  static int wait_for(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  // The end of the run, or of waiting.
  static bool has_ended(pid_t child, Milliseconds patience) {
    for (auto left = patience; left > 0ms; left -= 2ms) {
      siginfo_t info{};
      waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT);
      if (info.si_pid == child) return true;
      std::this_thread::sleep_for(2ms);
    }
    return false;
  }

  // A checkpoint that was not there before; false if the run ends first.
  [[nodiscard]] static bool see_checkpoint(pid_t child, const fs::path& output) {
    const auto numbers = [&] {
      std::set<ino_t> all;
      struct stat status{};
      for (const fs::path& path : runtime::checkpoints_of(output))
        if (stat(path.c_str(), &status) == 0) all.insert(status.st_ino);
      return all;
    };
    const auto before = numbers();
    const auto is_new = [&](ino_t number) { return !before.contains(number); };
    while (std::ranges::none_of(numbers(), is_new))
      if (has_ended(child, 4ms)) return false;
    return true;
  }

  [[nodiscard]] std::string log() const {
    std::ifstream stream(folder_ / "log.txt");
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }

 private:
  fs::path folder_;
  std::vector<std::string> command_;
};

std::string bytes_in(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void expect_same_file(const fs::path& output, const fs::path& whole, const Disturbed& run) {
  const auto expected = runtime::read_result_file(whole);
  const auto found = runtime::read_result_file(output);
  ASSERT_TRUE(expected && found) << run.log();
  EXPECT_EQ(found->hash, expected->hash);
  EXPECT_EQ(runtime::recompute_hash(*found), expected->hash);
  EXPECT_TRUE(bytes_in(output) == bytes_in(whole)) << run.log();
  EXPECT_FALSE(fs::exists(runtime::spool_of(output)));
  EXPECT_TRUE(runtime::checkpoints_of(output).empty());
}

// A run may be killed when it has written all, before its process ends.
bool is_complete(const fs::path& output) {
  return fs::exists(output) && !fs::exists(runtime::spool_of(output)) &&
         runtime::checkpoints_of(output).empty();
}

void disturb(const Disturbed& run, unsigned seed, int kills) {
  const fs::path whole = run.file("whole.h5");
  const fs::path output = run.file("out.h5");
  const int code = Disturbed::wait_for(run.start(whole, false));
  ASSERT_TRUE(code == 0) << run.log();
  std::mt19937 dice(seed);
  int killed = 0;
  for (int attempt = 0; attempt < kills && !is_complete(output); ++attempt) {
    const pid_t child = run.start(output, attempt > 0);
    // Every other time at any moment, else soon after a checkpoint, so that the run gets on.
    const Milliseconds moment(std::uniform_int_distribution(0, 150)(dice));
    const bool begun = attempt % 2 == 1 || Disturbed::see_checkpoint(child, output);
    if (!begun || Disturbed::has_ended(child, moment)) {
      ASSERT_EQ(Disturbed::wait_for(child), code) << run.log();
      break;
    }
    kill(child, SIGKILL);
    const int ended = Disturbed::wait_for(child);
    if (ended == code) break;  // just before
    ASSERT_EQ(ended, -SIGKILL) << run.log();
    ++killed;
  }
  EXPECT_GT(killed, 0);
  if (fs::exists(runtime::spool_of(output))) {
    ASSERT_EQ(Disturbed::wait_for(run.start(output, true)), code) << run.log();
  }
  EXPECT_NE(run.log().find("resumed"), std::string::npos);
  expect_same_file(output, whole, run);
}

}  // namespace

void kill_and_resume(int seeds, int kills) {
  const char* epochs = seeds == 1 ? "epochs=400" : "epochs=100";
  disturb(Disturbed({"run", "--seeds", std::to_string(seeds), "-p", epochs}),
          static_cast<unsigned>(seeds), kills);
}

void kill_and_resume_sweep(int threads, int kills) {
  disturb(Disturbed({"sweep", "Rates", "--threads", std::to_string(threads)}),
          static_cast<unsigned>(threads), kills);
}

}  // namespace bouton::driver
