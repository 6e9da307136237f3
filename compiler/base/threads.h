// Threads that share work which one alone would also get done.
#pragma once

#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace bouton {

// Adds `count` threads that call `work`, or as many as the system gives: with fewer it takes
// longer.
template <typename Thread, typename Work>
void start_threads(std::vector<Thread>& threads, std::size_t count, const Work& work) {
  for (std::size_t i = 0; i < count; ++i) {
    try {
      threads.emplace_back(work);
    } catch (const std::system_error&) {
      return;
    }
  }
}

}  // namespace bouton
