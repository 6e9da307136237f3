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
  explicit Fingerprint(std::uint64_t& hash) : hash_(hash) {}
  void add_word(std::uint64_t word) {
    for (int shift = 0; shift < 64; shift += 8) add_byte(word >> shift & 0xffU);
  }
  void add_text(std::string_view text) {
    add_word(text.size());
    for (const char c : text) add_byte(static_cast<unsigned char>(c));
  }

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
  void add_byte(std::uint64_t byte) { hash_ = (hash_ ^ byte) * 0x100000001b3U; }
  void add_number(double number) {
    add_word(std::isnan(number) ? 0x7ff8000000000000U : std::bit_cast<std::uint64_t>(number));
  }

  std::uint64_t& hash_;
};

constexpr std::uint64_t kBegin = 0xcbf29ce484222325U;

}  // namespace

ResultHash::ResultHash(std::size_t tables) : hash_(kBegin) { Fingerprint(hash_).add_word(tables); }

void ResultHash::begin_table(const std::vector<std::string>& names, std::size_t rows) {
  Fingerprint fingerprint(hash_);
  fingerprint.add_word(names.size());
  for (const std::string& name : names) fingerprint.add_text(name);
  fingerprint.add_word(rows);
}

void ResultHash::add_row(const std::vector<Value>& row) {
  Fingerprint fingerprint(hash_);
  for (const Value& value : row) std::visit(fingerprint, value.node);
}

std::uint64_t hash_results(const Results& results) {
  ResultHash hash(results.tables.size());
  for (const ResultTable& table : results.tables) {
    hash.begin_table(table.names, table.rows.size());
    for (const std::vector<Value>& row : table.rows) hash.add_row(row);
  }
  return hash.value();
}

std::uint64_t hash_replicas(std::span<const std::uint64_t> seeds,
                            std::span<const std::uint64_t> hashes) {
  std::uint64_t hash = kBegin;
  Fingerprint fingerprint(hash);
  fingerprint.add_word(hashes.size());
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    fingerprint.add_word(seeds[i]);
    fingerprint.add_word(hashes[i]);
  }
  return hash;
}

std::string print_hash(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

}  // namespace bouton::runtime
