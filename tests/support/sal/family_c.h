// Family C of the reference: long-run statistics of seven machines, sampled by
// tests/programs/sal_family_c and compared with what the published code sampled.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/sal/chunks.h"
#include "tests/support/sal/ways.h"

namespace bouton::numeric {

// The number of machines, and one of them as the reference tells it.
[[nodiscard]] std::size_t count_machines();
[[nodiscard]] nlohmann::json read_machine(std::size_t index);

struct LongRun {
  std::size_t machine;
  int chunks;
  std::int64_t windows;  // refractory periods per chunk
};
[[nodiscard]] runtime::Results sample(const LongRun& run, const Way& way);

// What the published code sampled, with its standard errors.
[[nodiscard]] Estimate published(const nlohmann::json& machine, const std::string& name);

// What the reference calls by that name (`sampled_distr`, …), from recorded chunks. The suffix
// tells the network: empty for the hazard form, `_by_step` for the published one.
[[nodiscard]] Estimate sampled(const runtime::Results& results, const std::string& name,
                               const std::string& suffix);

// Every statistic of both networks is within that many combined standard errors.
void expect_published_statistics(const runtime::Results& results, const nlohmann::json& machine,
                                 double standard_errors);

}  // namespace bouton::numeric
