// Everything a name of the experiment can stand for while it runs. Numbers and arrays are one
// alternative (a scalar is an array of rank 0); lists hold what an array cannot, such as the pairs
// that `zip` makes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/tensor/tensor.h"

namespace bouton::runtime {

struct Value;

struct List {
  std::vector<Value> items;
  friend bool operator==(const List&, const List&);
};

// Named parts in their order: `boltzmann(W, b)` has `probabilities`, `marginals` and
// `coactivation`.
struct Record {
  std::vector<std::pair<std::string, Value>> fields;
  [[nodiscard]] const Value* find(std::string_view name) const;
  friend bool operator==(const Record&, const Record&);
};

// Spikes of one population in order of time, those of one step in order of neurons; steps and
// neurons count from 0.
struct SpikeList {
  std::vector<std::int64_t> step;
  std::vector<std::int64_t> neuron;
  [[nodiscard]] std::size_t size() const { return step.size(); }
  friend bool operator==(const SpikeList&, const SpikeList&) = default;
};

struct Value {
  std::variant<Tensor, bool, std::string, List, Record, SpikeList> node;

  Value() = default;  // the number 0
  // NOLINTBEGIN: implicit by design, every alternative is a value
  Value(Tensor tensor) : node(std::move(tensor)) {}
  Value(double number) : node(Tensor(number)) {}
  Value(bool truth) : node(truth) {}
  Value(std::string text) : node(std::move(text)) {}
  Value(const char* text) : node(std::string(text)) {}
  Value(List list) : node(std::move(list)) {}
  Value(Record record) : node(std::move(record)) {}
  Value(SpikeList spikes) : node(std::move(spikes)) {}
  // NOLINTEND

  template <typename T>
  [[nodiscard]] const T* as() const {
    return std::get_if<T>(&node);
  }
  template <typename T>
  [[nodiscard]] T* as() {
    return std::get_if<T>(&node);
  }
  friend bool operator==(const Value&, const Value&) = default;
};

// For messages: `a number`, `an array of shape [3, 4]`, `a text`, `a list of 8`, `a record`, `a
// spike list`, ...
[[nodiscard]] std::string describe(const Value& value);

}  // namespace bouton::runtime
