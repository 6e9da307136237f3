// The records of a spool one after the other, wherever its bytes are. However long it is, only a
// piece of it is in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/base/result.h"

namespace bouton::runtime::spool {

// At most `size` bytes from `offset` on, fewer only at the end.
using ReadBytes = std::function<Result<std::string>(std::uint64_t offset, std::size_t size)>;

struct Bytes {
  ReadBytes read;
  std::uint64_t size = 0;
};
[[nodiscard]] Bytes bytes_in_memory(std::string_view bytes);

class Frames {
 public:
  Frames(const Bytes& bytes, std::uint64_t begin, std::uint64_t end)
      : bytes_(bytes), position_(begin), end_(end) {}

  struct Frame {
    std::string_view payload;  // valid until the next call
    std::uint64_t offset = 0;  // where the record begins
  };
  // Nothing at the end, and where no sound record begins.
  [[nodiscard]] std::optional<Frame> next();
  // Behind the last record that was given.
  [[nodiscard]] std::uint64_t position() const { return position_; }
  // Why bytes could not be read.
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

 private:
  // That many bytes from the position on; fewer where the spool ends.
  [[nodiscard]] std::string_view look(std::size_t size);

  const Bytes& bytes_;
  std::uint64_t position_;
  std::uint64_t end_;
  std::string piece_;
  std::uint64_t piece_begin_ = 0;
  std::optional<Error> failure_;
};

}  // namespace bouton::runtime::spool
