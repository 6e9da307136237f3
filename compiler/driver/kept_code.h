// The cache of compiled code as the commands use it: found by the environment, said once where it
// cannot be used.
#pragma once

#include <optional>
#include <string>

#include "compiler/cache/code_cache.h"

namespace bouton::driver {

class KeptCode {
 public:
  // Not wanted: nothing is looked up or kept.
  explicit KeptCode(bool wanted);
  // Warns if something went wrong with the folder. Whoever uses the cache has gone by then.
  ~KeptCode();
  KeptCode(const KeptCode&) = delete;
  KeptCode& operator=(const KeptCode&) = delete;

  // Null if there is none.
  [[nodiscard]] cache::CodeCache* cache() { return cache_ ? &*cache_ : nullptr; }

 private:
  std::optional<cache::CodeCache> cache_;
  std::string problem_;
};

}  // namespace bouton::driver
