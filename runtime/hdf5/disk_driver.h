// How HDF5 reaches the disk: a file driver of our own. HDF5 on a full disk leaves an unreadable
// file and crashes when the program ends; this one keeps the first failure for us, and HDF5 never
// sees one. What was built then is thrown away.
#pragma once

#include <filesystem>

#include "runtime/hdf5/handle.h"

namespace bouton::runtime::hdf5 {

// The errno of the first call that failed; 0: none.
struct DiskStatus {
  int failure = 0;
};

// An empty file, open for writing; an older one of this name is lost. `status` outlives it, and
// says whether it is whole once it is closed. An invalid handle if it cannot be opened.
[[nodiscard]] Handle create_file_on_disk(const std::filesystem::path& path, DiskStatus& status);

}  // namespace bouton::runtime::hdf5
