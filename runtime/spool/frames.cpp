#include "runtime/spool/frames.h"

#include <algorithm>

#include "runtime/spool/format.h"

namespace bouton::runtime::spool {

namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;

}  // namespace

Bytes bytes_in_memory(std::string_view bytes) {
  return {[bytes](std::uint64_t offset, std::size_t size) -> Result<std::string> {
            return std::string(bytes.substr(offset, size));
          },
          bytes.size()};
}

std::string_view Frames::look(std::size_t size) {
  const std::uint64_t end = piece_begin_ + piece_.size();
  if (position_ < piece_begin_ || position_ + size > end) {
    const auto left = static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, end_ - position_));
    auto piece = bytes_.read(position_, std::max(size, left));
    if (!piece) {
      failure_ = piece.error();
      return {};
    }
    piece_ = *std::move(piece);
    piece_begin_ = position_;
  }
  return std::string_view(piece_).substr(position_ - piece_begin_, size);
}

std::optional<Frames::Frame> Frames::next() {
  if (failure_ || position_ >= end_) return std::nullopt;
  const auto size = size_of_frame(look(kFrameHead));
  if (!size || *size > end_ - position_) return std::nullopt;
  const auto framed = unframe(look(static_cast<std::size_t>(*size)));
  if (!framed) return std::nullopt;
  const Frame frame{framed->payload, position_};
  position_ += framed->size;
  return frame;
}

}  // namespace bouton::runtime::spool
