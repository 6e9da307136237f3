// An HDF5 file read from memory: no lock is taken, and what it holds does not change meanwhile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/hdf5/handle.h"

namespace bouton::runtime::hdf5 {

// Every call gives nothing or an empty result for what is not there or of another type.
class Stored {
 public:
  explicit Stored(std::string bytes);
  [[nodiscard]] bool is_open() const { return file_.id() >= 0; }

  [[nodiscard]] bool has(const std::string& path) const;
  // An integer, a number or a text, by the class of its type; nothing for a group.
  enum class Class : std::uint8_t { Numbers, Integers, Texts, Group };
  [[nodiscard]] std::optional<Class> class_of(const std::string& path) const;
  [[nodiscard]] std::size_t integer_bytes(const std::string& path) const;
  [[nodiscard]] std::vector<std::size_t> extents(const std::string& path) const;
  [[nodiscard]] std::vector<double> numbers(const std::string& path) const;
  [[nodiscard]] std::vector<std::int64_t> integers(const std::string& path) const;
  [[nodiscard]] std::vector<std::uint64_t> seeds(const std::string& path) const;
  [[nodiscard]] std::vector<std::string> texts(const std::string& path) const;

  [[nodiscard]] std::vector<std::string> text_attribute(const std::string& path,
                                                        const std::string& name) const;
  [[nodiscard]] std::vector<std::int64_t> integer_attribute(const std::string& path,
                                                            const std::string& name) const;
  [[nodiscard]] std::optional<double> number_attribute(const std::string& path,
                                                       const std::string& name) const;

 private:
  [[nodiscard]] Handle open_dataset(const std::string& path) const;
  [[nodiscard]] Handle open_attribute(const std::string& path, const std::string& name) const;
  template <typename T>
  [[nodiscard]] std::vector<T> read(const std::string& path, hid_t type) const;

  std::string bytes_;
  Handle file_;
};

}  // namespace bouton::runtime::hdf5
