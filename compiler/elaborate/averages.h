// The windows of moving averages, in samples.
#pragma once

#include "compiler/elaborate/builder.h"

namespace bouton::elaborate {

// Sets Population::averages. Reports a window that is no whole number of steps or has none, windows
// that need too much memory, and assignments to what a window depends on.
void find_averages(Builder& builder);

}  // namespace bouton::elaborate
