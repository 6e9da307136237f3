#include "runtime/files/hdf5.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <mutex>
#include <vector>

#include "runtime/files/number_at.h"
#include "runtime/hdf5/handle.h"
#include "runtime/hdf5/quiet.h"

namespace bouton::runtime {
namespace {

using hdf5::Handle;

// The library works for one thread at a time.
std::mutex& library() {
  static std::mutex mutex;
  return mutex;
}

Handle open_image(std::string& bytes) {
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_fapl_core(access.id(), std::size_t{1} << 20, false);
  H5Pset_file_image(access.id(), bytes.data(), bytes.size());
  // The library refuses an image under the name of a file that exists.
  return {H5Fopen("/dev/null/image", H5F_ACC_RDONLY, access.id()), H5Fclose};
}

herr_t add_dataset(hid_t /*file*/, const char* name, const H5O_info_t* info, void* names) {
  if (info->type == H5O_TYPE_DATASET)
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

std::vector<std::string> datasets_in(const Handle& file) {
  std::vector<std::string> names;
  H5Ovisit(file.id(), H5_INDEX_NAME, H5_ITER_INC, add_dataset, &names);
  return names;
}

// The first few.
std::string print_names(std::vector<std::string> names) {
  constexpr std::size_t kMost = 12;
  const bool more = names.size() > kMost;
  if (more) names.resize(kMost);
  return fmt::format("`{}`{}", fmt::join(names, "`, `"), more ? ", …" : "");
}

Result<std::string> choose_dataset(const Handle& file, const std::optional<std::string>& at) {
  const std::vector<std::string> names = datasets_in(file);
  if (names.empty()) return Error{"it has no datasets"};
  if (!at && names.size() == 1) return names.front();
  if (!at) return Error{"`at` has to say which dataset: there are " + print_names(names)};
  const Handle found(H5Dopen2(file.id(), at->c_str(), H5P_DEFAULT), H5Dclose);
  if (found.id() >= 0) return *at;
  return Error{fmt::format("there is no dataset `{}`; there are {}", *at, print_names(names))};
}

Result<Shape> shape_of(const Handle& dataset) {
  const Handle space(H5Dget_space(dataset.id()), H5Sclose);
  const int rank = H5Sget_simple_extent_ndims(space.id());
  if (rank < 0 || H5Sget_simple_extent_type(space.id()) == H5S_NULL)
    return Error{"it holds no array"};
  std::vector<hsize_t> sizes(static_cast<std::size_t>(rank));
  if (rank > 0) H5Sget_simple_extent_dims(space.id(), sizes.data(), nullptr);
  return make_shape(std::vector<std::size_t>(sizes.begin(), sizes.end()));
}

template <typename Number>
std::optional<std::vector<Number>> read_as(const Handle& dataset, hid_t type, std::size_t count) {
  std::vector<Number> numbers(count);
  if (count > 0 && H5Dread(dataset.id(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()) < 0)
    return std::nullopt;
  return numbers;
}

template <typename Whole>
Result<Tensor> whole_numbers(const Handle& dataset, hid_t type, const Shape& shape) {
  constexpr Whole kLargestExact = Whole{1} << 53;
  const auto wholes = read_as<Whole>(dataset, type, shape.elements());
  if (!wholes) return Error{"its numbers cannot be read"};
  std::vector<double> numbers;
  for (const Whole whole : *wholes) {
    const bool below = std::is_signed_v<Whole> && whole < Whole{0} - kLargestExact;
    if (below || whole > kLargestExact)
      return Error{unusable_number(shape, numbers.size(), kBeyondDouble)};
    numbers.push_back(static_cast<double>(whole));
  }
  return Tensor(shape, std::move(numbers));
}

Result<Tensor> real_numbers(const Handle& dataset, const Shape& shape) {
  auto numbers = read_as<double>(dataset, H5T_NATIVE_DOUBLE, shape.elements());
  if (!numbers) return Error{"its numbers cannot be read"};
  for (std::size_t i = 0; i < numbers->size(); ++i)
    if (std::isnan((*numbers)[i])) return Error{unusable_number(shape, i, kNan)};
  return Tensor(shape, *std::move(numbers));
}

Result<Tensor> read_dataset(const Handle& dataset) {
  const auto shape = shape_of(dataset);
  if (!shape) return shape.error();
  const Handle type(H5Dget_type(dataset.id()), H5Tclose);
  const H5T_class_t kind = H5Tget_class(type.id());
  if (kind == H5T_STRING) return Error{"it holds texts, and no numbers"};
  const bool fits = H5Tget_size(type.id()) <= sizeof(double);
  if (kind == H5T_FLOAT && fits) return real_numbers(dataset, *shape);
  if (kind != H5T_INTEGER || !fits)
    return Error{"it holds no numbers that a double holds: save them as float64"};
  if (H5Tget_sign(type.id()) == H5T_SGN_NONE)
    return whole_numbers<std::uint64_t>(dataset, H5T_NATIVE_UINT64, *shape);
  return whole_numbers<std::int64_t>(dataset, H5T_NATIVE_INT64, *shape);
}

}  // namespace

Result<Tensor> read_hdf5(std::string bytes, const std::optional<std::string>& at) {
  const std::lock_guard<std::mutex> guard(library());
  const hdf5::Quiet quiet;
  const Handle file = open_image(bytes);
  if (file.id() < 0) return Error{"it is no HDF5 file"};
  const auto name = choose_dataset(file, at);
  if (!name) return name.error();
  const Handle dataset(H5Dopen2(file.id(), name->c_str(), H5P_DEFAULT), H5Dclose);
  auto numbers = read_dataset(dataset);
  if (!numbers) return Error{fmt::format("`{}`: {}", *name, numbers.error().message)};
  return numbers;
}

}  // namespace bouton::runtime
