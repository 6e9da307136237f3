#include "compiler/driver/link.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "compiler/base/temporary_folder.h"

namespace bouton::driver {

namespace {

namespace fs = std::filesystem;

fs::path find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::stringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');)
    if (const fs::path program = fs::path(folder) / name; access(program.c_str(), X_OK) == 0)
      return program;
  return {};
}

fs::path find_compiler() {
  for (const char* name : {"c++", "g++", "clang++"})
    if (const fs::path compiler = find_program(name); !compiler.empty()) return compiler;
  return {};
}

fs::path find_archive() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return self.parent_path().parent_path() / "lib" / "libbouton_standalone.a";
}

// Its exit code; what it says goes to a file.
int run_program(const std::vector<std::string>& command, const fs::path& log) {
  std::vector<char*> arguments;
  for (const std::string& argument : command)
    arguments.push_back(const_cast<char*>(argument.c_str()));  // NOLINT: posix_spawn keeps them
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t child = 0;
  const int failed =
      posix_spawn(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (failed != 0 || waitpid(child, &status, 0) != child) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string read_text(const fs::path& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

LinkFailure cannot_write(const std::string& output, const std::string& why) {
  return {fmt::format("cannot write `{}`: {}", output, why), "is its folder there and writable?",
          ""};
}

// Into `files`; why one could not be written.
std::optional<LinkFailure> write_objects(
    const std::vector<std::pair<std::string, std::string>>& objects, const fs::path& folder,
    std::vector<std::string>& files) {
  for (const auto& [name, bytes] : objects) {
    files.push_back((folder / name).string());
    std::ofstream stream(files.back(), std::ios::binary);
    errno = 0;
    stream << bytes;
    stream.close();
    if (!stream)
      return LinkFailure{fmt::format("cannot write `{}`: {}", files.back(), std::strerror(errno)),
                         "make room there, or set TMPDIR to another folder", ""};
  }
  return std::nullopt;
}

std::vector<std::string> link_command(const fs::path& compiler,
                                      const std::vector<std::string>& files,
                                      const fs::path& archive, const std::string& output) {
  std::vector<std::string> command = {compiler.string(), "-o", output};
  command.insert(command.end(), files.begin(), files.end());
  command.push_back(archive.string());
  for (const char* option : {"-static-libstdc++", "-static-libgcc", "-pthread", "-Wl,-s"})
    command.emplace_back(option);
  std::stringstream more(BOUTON_STANDALONE_OPTIONS);
  for (std::string option; more >> option;) command.push_back(option);
  return command;
}

}  // namespace

std::optional<LinkFailure> link_executable(
    const std::vector<std::pair<std::string, std::string>>& objects, const std::string& output) {
  const fs::path compiler = find_compiler();
  if (compiler.empty())
    return LinkFailure{"there is no C++ compiler in PATH to link the executable with",
                       "install one (c++, g++ or clang++); `bouton run` needs none", ""};
  const fs::path archive = find_archive();
  std::error_code error;
  if (!fs::exists(archive, error))
    return LinkFailure{fmt::format("`{}` is not there", archive.string()),
                       "it belongs to Bouton's installation, beside the folder of `bouton`", ""};
  const TemporaryFolder folder;
  if (folder.path().empty())
    return LinkFailure{"there is no folder for temporary files", "set TMPDIR to one", ""};
  // Linkers replace a file that is there: two of them at one name would take it from each other.
  const std::string part = fmt::format("{}.part-{}", output, getpid());
  std::vector<std::string> files;
  if (auto failure = write_objects(objects, folder.path(), files)) return failure;
  const fs::path log = folder.path() / "linker.txt";
  if (run_program(link_command(compiler, files, archive, part), log) != 0) {
    fs::remove(part, error);
    return LinkFailure{fmt::format("`{}` could not link the executable", compiler.string()),
                       "is its C++ library there as a static one (libstdc++.a)?", read_text(log)};
  }
  fs::rename(part, output, error);
  if (!error) return std::nullopt;
  LinkFailure failure = cannot_write(output, error.message());
  fs::remove(part, error);
  return failure;
}

}  // namespace bouton::driver
