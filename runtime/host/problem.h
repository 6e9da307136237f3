// What stops a running experiment, and where in its text.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "runtime/base/run_errors.h"
#include "runtime/program/expression.h"

namespace bouton::runtime {

struct Problem {
  Place place;
  std::string message;
  std::string hint;
  bool cancelled = false;  // nothing went wrong: the listener wanted no more
};

// Of a replica that was left before its end because the listener said so.
[[nodiscard]] inline Problem cancellation() { return {{}, "interrupted", "", true}; }

[[nodiscard]] inline Problem problem_at(Place place, RunError error) {
  return {place, std::move(error.message), std::move(error.hint)};
}

// A value or the problem that prevented it.
template <typename T>
class [[nodiscard]] Outcome {
 public:
  Outcome(T value) : content_(std::in_place_index<0>, std::move(value)) {}            // NOLINT
  Outcome(Problem problem) : content_(std::in_place_index<1>, std::move(problem)) {}  // NOLINT

  explicit operator bool() const { return content_.index() == 0; }
  T& operator*() { return std::get<0>(content_); }
  const T& operator*() const { return std::get<0>(content_); }
  T* operator->() { return &std::get<0>(content_); }
  const T* operator->() const { return &std::get<0>(content_); }
  [[nodiscard]] const Problem& problem() const { return std::get<1>(content_); }

 private:
  std::variant<T, Problem> content_;
};

// Nothing, or what went wrong.
using Failed = std::optional<Problem>;

}  // namespace bouton::runtime
