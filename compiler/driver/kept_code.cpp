#include "compiler/driver/kept_code.h"

#include <csignal>

#include "compiler/base/match.h"
#include "compiler/launch/streams.h"

namespace bouton::driver {

KeptCode::KeptCode(bool wanted) {
  if (!wanted) return;
  // A limit on the size of files is then an error of writing, not the end of the program.
  std::signal(SIGXFSZ, SIG_IGN);
  match(
      cache::find_settings(cache::read_environment()),
      [&](const cache::Settings& settings) { cache_.emplace(settings); }, [](cache::Off) {},
      [&](const cache::Unusable& unusable) { problem_ = unusable.reason; });
}

KeptCode::~KeptCode() {
  if (cache_) problem_ = cache_->problem().value_or("");
  if (problem_.empty()) return;
  launch::print_error(
      "warning: compiled code is not kept for later runs: {}\n = hint: `BOUTON_CACHE_DIR` names "
      "another folder for it; `--no-cache` goes without\n",
      problem_);
}

}  // namespace bouton::driver
