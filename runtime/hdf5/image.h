// An HDF5 file that is built in memory. HDF5 on a full disk leaves an unreadable file and crashes
// when the program ends, so it never touches a disk here: the finished bytes are written by
// ordinary means (whole_file.h).
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "runtime/base/result.h"

namespace bouton::runtime::hdf5 {

// Closes what it holds.
class Handle {
 public:
  Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
  Handle(Handle&& other) noexcept
      : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  Handle& operator=(Handle&&) = delete;
  ~Handle() {
    if (id_ >= 0) close_(id_);
  }
  [[nodiscard]] hid_t id() const { return id_; }

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

// Every call after a failed one does nothing; `finish` then says so.
class Image {
 public:
  Image();

  [[nodiscard]] hid_t root() const { return file_.id(); }
  Handle add_group(hid_t parent, const std::string& name);

  // `extents` empty: a single value. The object stays open for attributes.
  Handle add_numbers(hid_t parent, const std::string& name, std::span<const std::size_t> extents,
                     std::span<const double> numbers);
  Handle add_integers(hid_t parent, const std::string& name, std::span<const std::size_t> extents,
                      std::span<const std::int64_t> numbers);
  // Numbers of neurons: never negative, as readers of other programs expect.
  Handle add_indices(hid_t parent, const std::string& name, std::span<const std::int64_t> numbers);
  Handle add_truths(hid_t parent, const std::string& name, std::span<const std::size_t> extents,
                    std::span<const std::uint8_t> truths);
  Handle add_texts(hid_t parent, const std::string& name, std::span<const std::size_t> extents,
                   std::span<const std::string> texts);

  void add_attribute(hid_t object, const std::string& name, const std::string& text);
  void add_attribute(hid_t object, const std::string& name, std::uint64_t number);
  void add_attribute(hid_t object, const std::string& name, double number);
  void add_attribute(hid_t object, const std::string& name, std::span<const std::string> texts);
  void add_attribute(hid_t object, const std::string& name, std::span<const std::int64_t> numbers);
  // One of several words, as an enumeration.
  void add_choice(hid_t object, const std::string& name, std::span<const char* const> words,
                  std::uint8_t chosen);

  // The bytes of the complete file.
  Result<std::string> finish();

 private:
  Handle add_dataset(hid_t parent, const std::string& name, std::span<const std::size_t> extents,
                     hid_t stored_type, hid_t memory_type, const void* data);
  void write_attribute(hid_t object, const std::string& name, hid_t space, hid_t stored_type,
                       hid_t memory_type, const void* data);
  Handle keep(hid_t id, herr_t (*close)(hid_t));
  void check(herr_t status) { failed_ = failed_ || status < 0; }

  bool failed_ = false;
  Handle file_;
};

}  // namespace bouton::runtime::hdf5
