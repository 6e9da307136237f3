// An HDF5 file that is being written. Datasets are filled piece by piece, so that what they hold
// need never be in memory as a whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/hdf5/disk_driver.h"
#include "runtime/hdf5/handle.h"

namespace bouton::runtime::hdf5 {

// What a dataset holds, and how it is stored.
enum class Cell : std::uint8_t { Number, Integer, Index, Truth, Text };

// `chunk` empty: every cell is written. Else what is not written takes no room and reads as nan,
// -1, 255 or "".
struct Layout {
  std::vector<std::size_t> extents;  // none: a single value
  std::vector<std::size_t> chunk{};
};

// A block of cells: where it begins and how many there are along each axis.
struct Region {
  std::vector<std::size_t> begin;
  std::vector<std::size_t> count;
};

// Every call after a failed one does nothing; `finish` then says so.
class NewFile {
 public:
  explicit NewFile(const std::filesystem::path& path);

  [[nodiscard]] hid_t root() const { return file_.id(); }
  Handle add_group(hid_t parent, const std::string& name);

  Handle add_dataset(hid_t parent, const std::string& name, Cell cell, const Layout& layout);
  void write(hid_t dataset, const Region& region, std::span<const double> numbers);
  void write(hid_t dataset, const Region& region, std::span<const std::int64_t> integers);
  void write(hid_t dataset, const Region& region, std::span<const std::uint64_t> numbers);
  void write(hid_t dataset, const Region& region, std::span<const std::uint8_t> truths);
  void write(hid_t dataset, const Region& region, std::span<const std::string> texts);

  // A dataset and everything in it.
  template <typename T>
  Handle add_whole(hid_t parent, const std::string& name, Cell cell,
                   const std::vector<std::size_t>& extents, std::span<const T> cells) {
    Handle dataset = add_dataset(parent, name, cell, {extents});
    write(dataset.id(), {std::vector<std::size_t>(extents.size(), 0), extents}, cells);
    return dataset;
  }

  void add_attribute(hid_t object, const std::string& name, const std::string& text);
  void add_attribute(hid_t object, const std::string& name, std::uint64_t number);
  void add_attribute(hid_t object, const std::string& name, double number);
  void add_attribute(hid_t object, const std::string& name, std::span<const std::string> texts);
  void add_attribute(hid_t object, const std::string& name, std::span<const std::int64_t> numbers);
  // One of several words, as an enumeration.
  void add_choice(hid_t object, const std::string& name, std::span<const char* const> words,
                  std::uint8_t chosen);

  // Makes a dataset the coordinates of a dimension of others.
  void make_scale(hid_t dataset, const std::string& name);
  // To the first 4000 datasets of a scale; labels are for all.
  void attach_scale(hid_t dataset, std::size_t axis, hid_t scale);
  void label_axis(hid_t dataset, std::size_t axis, const std::string& label);

  // Closes the file; nothing, or why it is not whole. Handles into it have to be gone.
  [[nodiscard]] std::optional<std::string> finish();

 private:
  void write_cells(hid_t dataset, const Region& region, hid_t type, const void* cells);
  void write_attribute(hid_t object, const std::string& name, hid_t space, hid_t stored_type,
                       hid_t memory_type, const void* data);
  Handle keep(hid_t id, herr_t (*close)(hid_t));
  void check(herr_t result) { failed_ = failed_ || result < 0; }
  [[nodiscard]] bool failed() const { return failed_ || disk_.failure != 0; }

  DiskStatus disk_;
  Handle file_;
  bool failed_ = false;
  std::map<hid_t, int> attached_to_;  // by scale; HDF5 gives no number twice
};

}  // namespace bouton::runtime::hdf5
