#include "runtime/hdf5/stored.h"

#include <utility>

#include "runtime/hdf5/quiet.h"

namespace bouton::runtime::hdf5 {
namespace {

Handle open_image(std::string& bytes) {
  const Quiet quiet;
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_fapl_core(access.id(), std::size_t{1} << 20, false);
  H5Pset_file_image(access.id(), bytes.data(), bytes.size());
  // The library refuses an image under the name of a file that exists.
  return {H5Fopen("/dev/null/image", H5F_ACC_RDONLY, access.id()), H5Fclose};
}

std::vector<std::size_t> extents_of(hid_t space) {
  const int rank = H5Sget_simple_extent_ndims(space);
  std::vector<hsize_t> sizes(rank > 0 ? static_cast<std::size_t>(rank) : 0);
  if (rank > 0) H5Sget_simple_extent_dims(space, sizes.data(), nullptr);
  return {sizes.begin(), sizes.end()};
}

std::size_t count_in(hid_t space) {
  const hssize_t count = H5Sget_simple_extent_npoints(space);
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

// Copies texts that HDF5 has allocated, and gives them back.
std::vector<std::string> take_texts(const std::vector<char*>& pointers, hid_t type, hid_t space) {
  std::vector<std::string> texts;
  for (const char* pointer : pointers) texts.emplace_back(pointer == nullptr ? "" : pointer);
  H5Dvlen_reclaim(type, space, H5P_DEFAULT,
                  static_cast<void*>(const_cast<char**>(pointers.data())));
  return texts;
}

}  // namespace

Stored::Stored(std::string bytes) : bytes_(std::move(bytes)), file_(open_image(bytes_)) {}

bool Stored::has(const std::string& path) const {
  const Quiet quiet;
  return H5Lexists(file_.id(), path.c_str(), H5P_DEFAULT) > 0;
}

Handle Stored::open_dataset(const std::string& path) const {
  return {H5Dopen2(file_.id(), path.c_str(), H5P_DEFAULT), H5Dclose};
}

Handle Stored::open_attribute(const std::string& path, const std::string& name) const {
  return {H5Aopen_by_name(file_.id(), path.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT),
          H5Aclose};
}

std::optional<Stored::Class> Stored::class_of(const std::string& path) const {
  const Quiet quiet;
  const Handle object(H5Oopen(file_.id(), path.c_str(), H5P_DEFAULT), H5Oclose);
  if (object.id() < 0) return std::nullopt;
  if (H5Iget_type(object.id()) == H5I_GROUP) return Class::Group;
  const Handle type(H5Dget_type(object.id()), H5Tclose);
  const H5T_class_t of = H5Tget_class(type.id());
  if (of == H5T_FLOAT) return Class::Numbers;
  if (of == H5T_INTEGER) return Class::Integers;
  if (of == H5T_STRING) return Class::Texts;
  return std::nullopt;
}

std::size_t Stored::integer_bytes(const std::string& path) const {
  const Quiet quiet;
  const Handle dataset = open_dataset(path);
  const Handle type(H5Dget_type(dataset.id()), H5Tclose);
  return H5Tget_size(type.id());
}

std::vector<std::size_t> Stored::extents(const std::string& path) const {
  const Quiet quiet;
  const Handle dataset = open_dataset(path);
  const Handle space(H5Dget_space(dataset.id()), H5Sclose);
  return space.id() < 0 ? std::vector<std::size_t>() : extents_of(space.id());
}

template <typename T>
std::vector<T> Stored::read(const std::string& path, hid_t type) const {
  const Quiet quiet;
  const Handle dataset = open_dataset(path);
  const Handle space(H5Dget_space(dataset.id()), H5Sclose);
  if (space.id() < 0) return {};
  std::vector<T> values(count_in(space.id()));
  if (values.empty()) return values;
  if (H5Dread(dataset.id(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0) return {};
  return values;
}

std::vector<double> Stored::numbers(const std::string& path) const {
  return read<double>(path, H5T_NATIVE_DOUBLE);
}

std::vector<std::int64_t> Stored::integers(const std::string& path) const {
  return read<std::int64_t>(path, H5T_NATIVE_INT64);
}

std::vector<std::uint64_t> Stored::seeds(const std::string& path) const {
  return read<std::uint64_t>(path, H5T_NATIVE_UINT64);
}

std::vector<std::string> Stored::texts(const std::string& path) const {
  const Quiet quiet;
  const Handle dataset = open_dataset(path);
  const Handle space(H5Dget_space(dataset.id()), H5Sclose);
  const Handle type(H5Dget_type(dataset.id()), H5Tclose);
  if (type.id() < 0 || H5Tis_variable_str(type.id()) <= 0) return {};
  std::vector<char*> pointers(count_in(space.id()), nullptr);
  if (pointers.empty()) return {};
  if (H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT,
              static_cast<void*>(pointers.data())) < 0)
    return {};
  return take_texts(pointers, type.id(), space.id());
}

std::vector<std::string> Stored::text_attribute(const std::string& path,
                                                const std::string& name) const {
  const Quiet quiet;
  const Handle attribute = open_attribute(path, name);
  const Handle space(H5Aget_space(attribute.id()), H5Sclose);
  const Handle type(H5Aget_type(attribute.id()), H5Tclose);
  if (type.id() < 0 || H5Tis_variable_str(type.id()) <= 0) return {};
  std::vector<char*> pointers(count_in(space.id()), nullptr);
  if (pointers.empty() ||
      H5Aread(attribute.id(), type.id(), static_cast<void*>(pointers.data())) < 0)
    return {};
  return take_texts(pointers, type.id(), space.id());
}

std::vector<std::int64_t> Stored::integer_attribute(const std::string& path,
                                                    const std::string& name) const {
  const Quiet quiet;
  const Handle attribute = open_attribute(path, name);
  const Handle space(H5Aget_space(attribute.id()), H5Sclose);
  if (space.id() < 0) return {};
  std::vector<std::int64_t> values(count_in(space.id()));
  if (values.empty() || H5Aread(attribute.id(), H5T_NATIVE_INT64, values.data()) < 0) return {};
  return values;
}

std::optional<double> Stored::number_attribute(const std::string& path,
                                               const std::string& name) const {
  const Quiet quiet;
  const Handle attribute = open_attribute(path, name);
  double value = 0;
  if (attribute.id() < 0 || H5Aread(attribute.id(), H5T_NATIVE_DOUBLE, &value) < 0)
    return std::nullopt;
  return value;
}

}  // namespace bouton::runtime::hdf5
