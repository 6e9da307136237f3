// What went wrong while a program's expressions are evaluated, and where. Elaboration turns it into
// a diagnostic; the interpreter hands it back with its results.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "compiler/source/span.h"

namespace bouton::elaborate {

struct Problem {
  source::Span span;
  std::string message;
  std::string hint;
};

// A value or the problem that prevented it.
template <typename T>
class [[nodiscard]] Outcome {
 public:
  Outcome(T value) : content_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit
  Outcome(Problem problem) : content_(std::in_place_index<1>, std::move(problem)) {}  // NOLINT

  [[nodiscard]] bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& operator*() { return std::get<0>(content_); }
  const T& operator*() const { return std::get<0>(content_); }
  T* operator->() { return &std::get<0>(content_); }
  const T* operator->() const { return &std::get<0>(content_); }
  [[nodiscard]] const Problem& problem() const { return std::get<1>(content_); }

 private:
  std::variant<T, Problem> content_;
};

}  // namespace bouton::elaborate
