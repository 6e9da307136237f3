#include "runtime/hdf5/image.h"

#include "runtime/hdf5/quiet.h"

namespace bouton::runtime::hdf5 {
namespace {

// Lives in memory, in steps of one MiB; nothing is stored on closing. The name is never used.
Handle create_file_in_memory() {
  const Quiet quiet;
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  constexpr std::size_t kIncrement = std::size_t{1} << 20;
  H5Pset_fapl_core(access.id(), kIncrement, false);
  return {H5Fcreate("result", H5F_ACC_TRUNC, H5P_DEFAULT, access.id()), H5Fclose};
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.id(), H5T_VARIABLE);
  H5Tset_cset(type.id(), H5T_CSET_UTF8);
  return type;
}

Handle space_of(std::span<const std::size_t> extents) {
  if (extents.empty()) return {H5Screate(H5S_SCALAR), H5Sclose};
  const std::vector<hsize_t> sizes(extents.begin(), extents.end());
  return {H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), H5Sclose};
}

std::vector<const char*> pointers_to(std::span<const std::string> texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

}  // namespace

Image::Image() : file_(create_file_in_memory()) { failed_ = file_.id() < 0; }

Handle Image::keep(hid_t id, herr_t (*close)(hid_t)) {
  failed_ = failed_ || id < 0;
  return {id, close};
}

Handle Image::add_group(hid_t parent, const std::string& name) {
  if (failed_) return {H5I_INVALID_HID, H5Gclose};
  const Quiet quiet;
  return keep(H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
}

Handle Image::add_dataset(hid_t parent, const std::string& name,
                          std::span<const std::size_t> extents, hid_t stored_type,
                          hid_t memory_type, const void* data) {
  if (failed_) return {H5I_INVALID_HID, H5Dclose};
  const Quiet quiet;
  const Handle space = space_of(extents);
  const Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  check(H5Pset_obj_track_times(creation.id(), false));
  Handle dataset = keep(H5Dcreate2(parent, name.c_str(), stored_type, space.id(), H5P_DEFAULT,
                                   creation.id(), H5P_DEFAULT),
                        H5Dclose);
  if (!failed_ && H5Sget_simple_extent_npoints(space.id()) > 0) {
    check(H5Dwrite(dataset.id(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data));
  }
  return dataset;
}

Handle Image::add_numbers(hid_t parent, const std::string& name,
                          std::span<const std::size_t> extents, std::span<const double> numbers) {
  return add_dataset(parent, name, extents, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, numbers.data());
}

Handle Image::add_integers(hid_t parent, const std::string& name,
                           std::span<const std::size_t> extents,
                           std::span<const std::int64_t> numbers) {
  return add_dataset(parent, name, extents, H5T_STD_I64LE, H5T_NATIVE_INT64, numbers.data());
}

Handle Image::add_indices(hid_t parent, const std::string& name,
                          std::span<const std::int64_t> numbers) {
  const std::size_t extents[] = {numbers.size()};
  return add_dataset(parent, name, extents, H5T_STD_U64LE, H5T_NATIVE_INT64, numbers.data());
}

Handle Image::add_truths(hid_t parent, const std::string& name,
                         std::span<const std::size_t> extents,
                         std::span<const std::uint8_t> truths) {
  return add_dataset(parent, name, extents, H5T_STD_U8LE, H5T_NATIVE_UINT8, truths.data());
}

Handle Image::add_texts(hid_t parent, const std::string& name, std::span<const std::size_t> extents,
                        std::span<const std::string> texts) {
  const Handle type = text_type();
  return add_dataset(parent, name, extents, type.id(), type.id(), pointers_to(texts).data());
}

void Image::write_attribute(hid_t object, const std::string& name, hid_t space, hid_t stored_type,
                            hid_t memory_type, const void* data) {
  if (failed_) return;
  const Quiet quiet;
  const Handle attribute = keep(
      H5Acreate2(object, name.c_str(), stored_type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  if (!failed_ && H5Sget_simple_extent_npoints(space) > 0)
    check(H5Awrite(attribute.id(), memory_type, data));
}

void Image::add_attribute(hid_t object, const std::string& name, const std::string& text) {
  const Handle type = text_type();
  const char* pointer = text.c_str();
  write_attribute(object, name, space_of({}).id(), type.id(), type.id(), &pointer);
}

void Image::add_attribute(hid_t object, const std::string& name, std::uint64_t number) {
  write_attribute(object, name, space_of({}).id(), H5T_STD_U64LE, H5T_NATIVE_UINT64, &number);
}

void Image::add_attribute(hid_t object, const std::string& name, double number) {
  write_attribute(object, name, space_of({}).id(), H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &number);
}

void Image::add_attribute(hid_t object, const std::string& name,
                          std::span<const std::int64_t> numbers) {
  const std::size_t extents[] = {numbers.size()};
  write_attribute(object, name, space_of(extents).id(), H5T_STD_I64LE, H5T_NATIVE_INT64,
                  numbers.data());
}

void Image::add_choice(hid_t object, const std::string& name, std::span<const char* const> words,
                       std::uint8_t chosen) {
  const Handle type(H5Tenum_create(H5T_STD_U8LE), H5Tclose);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto value = static_cast<std::uint8_t>(i);
    check(H5Tenum_insert(type.id(), words[i], &value));
  }
  write_attribute(object, name, space_of({}).id(), type.id(), type.id(), &chosen);
}

void Image::add_attribute(hid_t object, const std::string& name,
                          std::span<const std::string> texts) {
  const Handle type = text_type();
  const std::size_t extents[] = {texts.size()};
  write_attribute(object, name, space_of(extents).id(), type.id(), type.id(),
                  pointers_to(texts).data());
}

Result<std::string> Image::finish() {
  const Quiet quiet;
  if (!failed_) check(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL));
  const ssize_t size = failed_ ? -1 : H5Fget_file_image(file_.id(), nullptr, 0);
  if (size < 0) return Error{"the result file could not be built: is there enough memory"};
  std::string bytes(static_cast<std::size_t>(size), '\0');
  if (H5Fget_file_image(file_.id(), bytes.data(), bytes.size()) != size) {
    return Error{"the result file could not be copied: is there enough memory"};
  }
  return bytes;
}

}  // namespace bouton::runtime::hdf5
