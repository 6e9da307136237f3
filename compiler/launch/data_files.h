// The data files of an experiment: what they hold decides about its results, so a run is not
// resumed with others.
#pragma once

#include <vector>

#include "compiler/elaborate/network.h"
#include "runtime/spool/recorded_run.h"

namespace bouton::launch {

// Every file that a text in a program that loads files names, or a parameter does: also those whose
// names a loop goes through. In order of their names.
[[nodiscard]] std::vector<runtime::DescribedFile> find_data_files(
    const elaborate::Network& network);

}  // namespace bouton::launch
