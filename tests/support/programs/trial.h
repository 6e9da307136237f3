// Runs one program by the interpreter and compiled, in a process of its own, and compares what they
// record bit for bit. A compiler that ends or never ends is an outcome like any other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/support/programs/random.h"

namespace bouton::fuzz {

struct TrialOptions {
  int lanes = 1;  // replicas side by side; the first and the last are compared
  int width = 8;
  int level = 3;
  std::uint64_t seed = 0;
};
[[nodiscard]] TrialOptions any_options(Random& random);
[[nodiscard]] std::string describe(const TrialOptions& options);

struct Verdict {
  enum class Kind {
    Same,
    Rejected,      // by a message of the front end or the lowering
    OtherValues,   // recorded numbers differ
    OtherProblem,  // one run fails, or both at different places
    Crashed,
    NeverEnded
  };
  Kind kind = Kind::Same;
  std::string message;      // rejected: name of the message; crashed: what was said last
  std::string headline;     // rejected: the message in words
  std::string details;      // both values, or the whole message
  std::size_t place = 0;    // rejected: where in the text
  bool failed_run = false;  // the same run-time error both ways

  [[nodiscard]] bool is_bug() const { return kind != Kind::Same && kind != Kind::Rejected; }
};

[[nodiscard]] Verdict try_program(const std::string& text, const TrialOptions& options);

}  // namespace bouton::fuzz
