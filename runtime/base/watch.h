// Whether a long computation is to be left: asked now and then by those that take more than a
// moment.
#pragma once

#include <cstdint>
#include <functional>

#include "runtime/base/result.h"

namespace bouton::runtime {

class Watch {
 public:
  Watch() = default;  // nobody waits
  // The function outlives the watch; null and empty functions never say so.
  explicit Watch(const std::function<bool()>* is_cancelled) : is_cancelled_(is_cancelled) {}

  [[nodiscard]] bool is_cancelled() const {
    return is_cancelled_ != nullptr && *is_cancelled_ && (*is_cancelled_)();
  }
  // For element i of many that take little each.
  [[nodiscard]] bool is_cancelled_at(std::uint64_t i) const {
    constexpr std::uint64_t kElementsBetweenLooks = 1 << 16;
    return i % kElementsBetweenLooks == kElementsBetweenLooks - 1 && is_cancelled();
  }

 private:
  const std::function<bool()>* is_cancelled_ = nullptr;
};

// What is returned then in place of a value.
[[nodiscard]] inline Error cancelled_error() { return {"interrupted", Error::kNoArgument, true}; }

}  // namespace bouton::runtime
