#include "runtime/hdf5/new_file.h"

#include <hdf5_hl.h>

#include <cmath>
#include <system_error>

#include "runtime/hdf5/quiet.h"

namespace bouton::runtime::hdf5 {
namespace {

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.id(), H5T_VARIABLE);
  H5Tset_cset(type.id(), H5T_CSET_UTF8);
  return type;
}

Handle stored_type(Cell cell) {
  switch (cell) {
    case Cell::Number:
      return {H5Tcopy(H5T_IEEE_F64LE), H5Tclose};
    case Cell::Integer:
      return {H5Tcopy(H5T_STD_I64LE), H5Tclose};
    case Cell::Index:
      return {H5Tcopy(H5T_STD_U64LE), H5Tclose};
    case Cell::Truth:
      return {H5Tcopy(H5T_STD_U8LE), H5Tclose};
    case Cell::Text:
      break;
  }
  return text_type();
}

std::vector<hsize_t> sizes_of(std::span<const std::size_t> extents) {
  return {extents.begin(), extents.end()};
}

Handle space_of(std::span<const std::size_t> extents) {
  if (extents.empty()) return {H5Screate(H5S_SCALAR), H5Sclose};
  return {H5Screate_simple(static_cast<int>(extents.size()), sizes_of(extents).data(), nullptr),
          H5Sclose};
}

std::vector<const char*> pointers_to(std::span<const std::string> texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

// What cells that are never written read as.
void set_fill(hid_t creation, Cell cell) {
  const double nan = std::nan("");
  const std::int64_t none = -1;
  const std::uint8_t unknown = 255;
  if (cell == Cell::Number) H5Pset_fill_value(creation, H5T_NATIVE_DOUBLE, &nan);
  if (cell == Cell::Integer) H5Pset_fill_value(creation, H5T_NATIVE_INT64, &none);
  if (cell == Cell::Truth) H5Pset_fill_value(creation, H5T_NATIVE_UINT8, &unknown);
}

Handle creation_of(Cell cell, const Layout& layout) {
  Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_obj_track_times(creation.id(), false);
  if (layout.chunk.empty()) {
    H5Pset_fill_time(creation.id(), H5D_FILL_TIME_NEVER);
  } else {
    H5Pset_chunk(creation.id(), static_cast<int>(layout.chunk.size()),
                 sizes_of(layout.chunk).data());
    set_fill(creation.id(), cell);
  }
  return creation;
}

}  // namespace

NewFile::NewFile(const std::filesystem::path& path) : file_(create_file_on_disk(path, disk_)) {
  failed_ = file_.id() < 0;
}

Handle NewFile::keep(hid_t id, herr_t (*close)(hid_t)) {
  failed_ = failed_ || id < 0;
  return {id, close};
}

Handle NewFile::add_group(hid_t parent, const std::string& name) {
  if (failed()) return {H5I_INVALID_HID, H5Gclose};
  const Quiet quiet;
  const Handle creation(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
  H5Pset_obj_track_times(creation.id(), false);
  return keep(H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, creation.id(), H5P_DEFAULT), H5Gclose);
}

// Texts are variable in length: their dataset holds references, which have to begin as none.
Handle NewFile::add_dataset(hid_t parent, const std::string& name, Cell cell,
                            const Layout& layout) {
  if (failed()) return {H5I_INVALID_HID, H5Dclose};
  const Quiet quiet;
  const Handle space = space_of(layout.extents);
  const Handle type = stored_type(cell);
  const Handle creation = creation_of(cell, layout);
  if (cell == Cell::Text) H5Pset_fill_time(creation.id(), H5D_FILL_TIME_IFSET);
  return keep(H5Dcreate2(parent, name.c_str(), type.id(), space.id(), H5P_DEFAULT, creation.id(),
                         H5P_DEFAULT),
              H5Dclose);
}

void NewFile::write_cells(hid_t dataset, const Region& region, hid_t type, const void* cells) {
  if (failed()) return;
  const Quiet quiet;
  const Handle space(H5Dget_space(dataset), H5Sclose);
  const Handle memory = space_of(region.count);
  if (H5Sget_simple_extent_npoints(memory.id()) == 0) return;
  if (!region.count.empty())
    check(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, sizes_of(region.begin).data(), nullptr,
                              sizes_of(region.count).data(), nullptr));
  check(H5Dwrite(dataset, type, memory.id(), space.id(), H5P_DEFAULT, cells));
}

void NewFile::write(hid_t dataset, const Region& region, std::span<const double> numbers) {
  write_cells(dataset, region, H5T_NATIVE_DOUBLE, numbers.data());
}

void NewFile::write(hid_t dataset, const Region& region, std::span<const std::uint64_t> numbers) {
  write_cells(dataset, region, H5T_NATIVE_UINT64, numbers.data());
}

void NewFile::write(hid_t dataset, const Region& region, std::span<const std::int64_t> integers) {
  write_cells(dataset, region, H5T_NATIVE_INT64, integers.data());
}

void NewFile::write(hid_t dataset, const Region& region, std::span<const std::uint8_t> truths) {
  write_cells(dataset, region, H5T_NATIVE_UINT8, truths.data());
}

void NewFile::write(hid_t dataset, const Region& region, std::span<const std::string> texts) {
  const Handle type = text_type();
  write_cells(dataset, region, type.id(), static_cast<const void*>(pointers_to(texts).data()));
}

void NewFile::write_attribute(hid_t object, const std::string& name, hid_t space, hid_t stored,
                              hid_t memory_type, const void* data) {
  if (failed()) return;
  const Quiet quiet;
  const Handle attribute =
      keep(H5Acreate2(object, name.c_str(), stored, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  if (!failed() && H5Sget_simple_extent_npoints(space) > 0)
    check(H5Awrite(attribute.id(), memory_type, data));
}

void NewFile::add_attribute(hid_t object, const std::string& name, const std::string& text) {
  const Handle type = text_type();
  const char* pointer = text.c_str();
  write_attribute(object, name, space_of({}).id(), type.id(), type.id(),
                  static_cast<const void*>(&pointer));
}

void NewFile::add_attribute(hid_t object, const std::string& name, std::uint64_t number) {
  write_attribute(object, name, space_of({}).id(), H5T_STD_U64LE, H5T_NATIVE_UINT64, &number);
}

void NewFile::add_attribute(hid_t object, const std::string& name, double number) {
  write_attribute(object, name, space_of({}).id(), H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &number);
}

void NewFile::add_attribute(hid_t object, const std::string& name,
                            std::span<const std::int64_t> numbers) {
  const std::size_t extents[] = {numbers.size()};
  write_attribute(object, name, space_of(extents).id(), H5T_STD_I64LE, H5T_NATIVE_INT64,
                  numbers.data());
}

void NewFile::add_attribute(hid_t object, const std::string& name,
                            std::span<const std::string> texts) {
  const Handle type = text_type();
  const std::size_t extents[] = {texts.size()};
  write_attribute(object, name, space_of(extents).id(), type.id(), type.id(),
                  static_cast<const void*>(pointers_to(texts).data()));
}

void NewFile::add_choice(hid_t object, const std::string& name, std::span<const char* const> words,
                         std::uint8_t chosen) {
  const Handle type(H5Tenum_create(H5T_STD_U8LE), H5Tclose);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto value = static_cast<std::uint8_t>(i);
    check(H5Tenum_insert(type.id(), words[i], &value));
  }
  write_attribute(object, name, space_of({}).id(), type.id(), type.id(), &chosen);
}

void NewFile::make_scale(hid_t dataset, const std::string& name) {
  if (failed()) return;
  const Quiet quiet;
  check(H5DSset_scale(dataset, name.c_str()));
}

// A scale lists the datasets that it is attached to, and the list is written anew with each of
// them: 20 000 would take 500 MB.
void NewFile::attach_scale(hid_t dataset, std::size_t axis, hid_t scale) {
  constexpr int kMostDatasets = 4000;
  if (failed() || ++attached_to_[scale] > kMostDatasets) return;
  const Quiet quiet;
  check(H5DSattach_scale(dataset, scale, static_cast<unsigned>(axis)));
}

void NewFile::label_axis(hid_t dataset, std::size_t axis, const std::string& label) {
  if (failed()) return;
  const Quiet quiet;
  check(H5DSset_label(dataset, static_cast<unsigned>(axis), label.c_str()));
}

std::optional<std::string> NewFile::finish() {
  {
    const Quiet quiet;
    if (!failed()) check(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL));
    file_.close();
  }
  if (disk_.failure != 0) return std::generic_category().message(disk_.failure);
  if (failed_) return "HDF5 has refused it: is there enough memory";
  return std::nullopt;
}

}  // namespace bouton::runtime::hdf5
