#include "runtime/hdf5/disk_driver.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>

#include "runtime/hdf5/quiet.h"

namespace bouton::runtime::hdf5 {
namespace {

// What the file access property list carries to `open`.
struct Wanted {
  DiskStatus* status = nullptr;
};

struct OpenFile {
  H5FD_t base;  // HDF5 takes it for this
  int descriptor;
  haddr_t reserved;  // by HDF5
  haddr_t size;
  DiskStatus* status;
};

OpenFile& file_of(H5FD_t* base) { return *reinterpret_cast<OpenFile*>(base); }
const OpenFile& file_of(const H5FD_t* base) { return *reinterpret_cast<const OpenFile*>(base); }

void note(OpenFile& file, int failure) {
  if (file.status->failure == 0) file.status->failure = failure;
}

H5FD_t* open_file(const char* name, unsigned /*flags*/, hid_t access, haddr_t /*most*/) {
  const auto* wanted = static_cast<const Wanted*>(H5Pget_driver_info(access));
  const int descriptor = ::open(name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    wanted->status->failure = errno;
    return nullptr;
  }
  auto* file = new OpenFile{};
  file->descriptor = descriptor;
  file->status = wanted->status;
  return &file->base;
}

herr_t close_file(H5FD_t* base) {
  OpenFile& file = file_of(base);
  // A full disk may show only here.
  if (::fsync(file.descriptor) != 0 && errno != EINVAL) note(file, errno);
  if (::close(file.descriptor) != 0) note(file, errno);
  delete &file;
  return 0;
}

int compare_files(const H5FD_t* a, const H5FD_t* b) {
  return a == b ? 0 : std::less<>()(a, b) ? -1 : 1;
}

herr_t say_features(const H5FD_t* /*base*/, unsigned long* features) {
  *features = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
              H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

haddr_t get_reserved(const H5FD_t* base, H5FD_mem_t /*type*/) { return file_of(base).reserved; }

herr_t set_reserved(H5FD_t* base, H5FD_mem_t /*type*/, haddr_t end) {
  file_of(base).reserved = end;
  return 0;
}

haddr_t get_size(const H5FD_t* base, H5FD_mem_t /*type*/) {
  return std::max(file_of(base).size, file_of(base).reserved);
}

// Behind the end, and where nothing could be written, it holds zeros.
herr_t read_bytes(H5FD_t* base, H5FD_mem_t /*type*/, hid_t /*transfer*/, haddr_t place,
                  std::size_t size, void* into) {
  const OpenFile& file = file_of(base);
  auto* bytes = static_cast<char*>(into);
  while (size > 0) {
    const ssize_t got = ::pread(file.descriptor, bytes, size, static_cast<off_t>(place));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    bytes += got;
    place += static_cast<haddr_t>(got);
    size -= static_cast<std::size_t>(got);
  }
  std::memset(bytes, 0, size);
  return 0;
}

herr_t write_bytes(H5FD_t* base, H5FD_mem_t /*type*/, hid_t /*transfer*/, haddr_t place,
                   std::size_t size, const void* from) {
  OpenFile& file = file_of(base);
  const auto* bytes = static_cast<const char*>(from);
  while (size > 0 && file.status->failure == 0) {
    const ssize_t written = ::pwrite(file.descriptor, bytes, size, static_cast<off_t>(place));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      note(file, errno);
      break;
    }
    bytes += written;
    place += static_cast<haddr_t>(written);
    size -= static_cast<std::size_t>(written);
  }
  file.size = std::max(file.size, place);
  return 0;
}

herr_t cut_to_reserved(H5FD_t* base, hid_t /*transfer*/, hbool_t /*closing*/) {
  OpenFile& file = file_of(base);
  if (::ftruncate(file.descriptor, static_cast<off_t>(file.reserved)) != 0) note(file, errno);
  file.size = file.reserved;
  return 0;
}

H5FD_class_t make_driver() {
  H5FD_class_t driver{};
  driver.name = "bouton";
  driver.maxaddr = (haddr_t{1} << 62U) - 1;
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(Wanted);
  driver.open = open_file;
  driver.close = close_file;
  driver.cmp = compare_files;
  driver.query = say_features;
  driver.get_eoa = get_reserved;
  driver.set_eoa = set_reserved;
  driver.get_eof = get_size;
  driver.read = read_bytes;
  driver.write = write_bytes;
  driver.truncate = cut_to_reserved;
  constexpr H5FD_mem_t kKinds[] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(kKinds), std::end(kKinds), std::begin(driver.fl_map));
  return driver;
}

}  // namespace

Handle create_file_on_disk(const std::filesystem::path& path, DiskStatus& status) {
  const Quiet quiet;
  static const H5FD_class_t kDriver = make_driver();
  const Handle driver(H5FDregister(&kDriver), H5FDunregister);
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  const Wanted wanted{&status};
  H5Pset_driver(access.id(), driver.id(), &wanted);
  // The first format in which an attribute may have more than 64 KiB: the names of many columns,
  // or the many datasets of which one is a dimension.
  H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18);
  // Equal runs give equal files: without the time.
  const Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
  H5Pset_obj_track_times(creation.id(), false);
  return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()), H5Fclose};
}

}  // namespace bouton::runtime::hdf5
