#include "compiler/source/read_file.h"

#include <array>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace bouton::source {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
using OpenFile = std::unique_ptr<std::FILE, CloseFile>;

ReadFailure describe(int error_number) {
  std::string reason = std::generic_category().message(error_number);
  if (!reason.empty()) {
    reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
  }
  return {reason};
}

}  // namespace

std::variant<std::string, ReadFailure> read_file(const std::string& path,
                                                 std::size_t maximum_bytes) {
  const OpenFile file(std::fopen(path.c_str(), "rb"));
  if (!file) return describe(errno);
  std::string content;
  std::array<char, 65536> block{};
  while (content.size() <= maximum_bytes) {
    const std::size_t count = std::fread(block.data(), 1, block.size(), file.get());
    content.append(block.data(), count);
    if (count < block.size()) break;
  }
  if (std::ferror(file.get()) != 0) return describe(errno);
  return content;
}

}  // namespace bouton::source
