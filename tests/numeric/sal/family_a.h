// Family A of the SAL reference data: pair rules on given spike trains. One experiment per train,
// in which every case of that train is one rule of the projection.
#pragma once

#include <string>

#include "tests/support/sal/ways.h"

namespace bouton::numeric {

// Compares every case of the train with the reference, |difference| <= 1e-12 * max(1, |value|), and
// the replayed spikes with the given ones. Returns how many cases there were.
int check_train(const std::string& train, const Way& way);

}  // namespace bouton::numeric
