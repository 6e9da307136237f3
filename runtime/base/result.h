// A value or the reason why there is none. The runtime throws nothing: whoever calls it knows the
// place in the program and adds it to the message.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace bouton::runtime {

// `argument` counts from 0 and says which argument of the call is wrong; kNoArgument where no
// single one is.
struct Error {
  static constexpr int kNoArgument = -1;
  std::string message;
  int argument = kNoArgument;
  bool cancelled = false;  // nothing is wrong: nobody wants the value any more
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : content_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit by design
  Result(Error error)
      : content_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit by design

  [[nodiscard]] bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // The value; reading it when there is an error instead ends the program.
  T& operator*() { return std::get<0>(content_); }
  const T& operator*() const { return std::get<0>(content_); }
  T* operator->() { return &std::get<0>(content_); }
  const T* operator->() const { return &std::get<0>(content_); }
  [[nodiscard]] const Error& error() const { return std::get<1>(content_); }

 private:
  std::variant<T, Error> content_;
};

}  // namespace bouton::runtime
