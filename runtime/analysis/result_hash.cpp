#include "runtime/analysis/result_hash.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <string_view>

namespace bouton::runtime {
namespace {

// Every value is preceded by its kind and its size, so that no two different results feed the same
// bytes.
class Fingerprint {
 public:
  void add(const Results& results) {
    add_word(results.tables.size());
    for (const ResultTable& table : results.tables) add(table);
  }
  void add_word(std::uint64_t word) {
    for (int shift = 0; shift < 64; shift += 8) add_byte(word >> shift & 0xffU);
  }
  [[nodiscard]] std::uint64_t hash() const { return hash_; }

  // One per alternative of Value.
  void operator()(const Tensor& tensor) {
    add_word('a');
    add_word(tensor.rank());
    for (const std::size_t extent : tensor.shape().extents()) add_word(extent);
    for (const double number : tensor.data()) add_number(number);
  }
  void operator()(bool truth) {
    add_word('b');
    add_word(truth ? 1 : 0);
  }
  void operator()(const std::string& text) {
    add_word('t');
    add_text(text);
  }
  void operator()(const List& list) {
    add_word('l');
    add_word(list.items.size());
    for (const Value& item : list.items) std::visit(*this, item.node);
  }
  void operator()(const Record& record) {
    add_word('r');
    add_word(record.fields.size());
    for (const auto& [name, value] : record.fields) {
      add_text(name);
      std::visit(*this, value.node);
    }
  }
  void operator()(const SpikeList& spikes) {
    add_word('s');
    add_word(spikes.size());
    for (const std::int64_t step : spikes.step) add_word(static_cast<std::uint64_t>(step));
    for (const std::int64_t neuron : spikes.neuron) add_word(static_cast<std::uint64_t>(neuron));
  }

 private:
  void add(const ResultTable& table) {
    add_word(table.names.size());
    for (const std::string& name : table.names) add_text(name);
    add_word(table.rows.size());
    for (const std::vector<Value>& row : table.rows) {
      for (const Value& value : row) std::visit(*this, value.node);
    }
  }
  void add_byte(std::uint64_t byte) { hash_ = (hash_ ^ byte) * 0x100000001b3U; }
  void add_text(std::string_view text) {
    add_word(text.size());
    for (const char c : text) add_byte(static_cast<unsigned char>(c));
  }
  void add_number(double number) {
    add_word(std::isnan(number) ? 0x7ff8000000000000U : std::bit_cast<std::uint64_t>(number));
  }

  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

}  // namespace

std::uint64_t hash_results(const Results& results) {
  Fingerprint fingerprint;
  fingerprint.add(results);
  return fingerprint.hash();
}

std::uint64_t hash_replicas(std::uint64_t first_seed, std::span<const std::uint64_t> hashes) {
  Fingerprint fingerprint;
  fingerprint.add_word(hashes.size());
  for (const std::uint64_t hash : hashes) {
    fingerprint.add_word(first_seed++);
    fingerprint.add_word(hash);
  }
  return fingerprint.hash();
}

std::string print_hash(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

}  // namespace bouton::runtime
