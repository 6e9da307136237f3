// Family A of the SAL reference data: pair rules on given spike trains. One experiment per train,
// in which every case of that train is one rule of the projection.
#pragma once

#include <functional>
#include <string>

#include "compiler/elaborate/network.h"
#include "runtime/analysis/results.h"

namespace bouton::numeric {

// How an experiment is carried out: interpreted or compiled.
using Execute = std::function<runtime::Results(const elaborate::Network&)>;

// Compares every case of the train with the reference, |difference| <= 1e-12 * max(1, |value|), and
// the replayed spikes with the given ones. Returns how many cases there were.
int check_train(const std::string& train, const Execute& execute);

}  // namespace bouton::numeric
