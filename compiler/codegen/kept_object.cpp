#include "compiler/codegen/kept_object.h"

#include <optional>
#include <utility>

#include "compiler/codegen/key.h"
#include "compiler/codegen/stopwatch.h"

namespace bouton::codegen {

namespace {

std::optional<std::string> key_for(cache::CodeCache& cache, const llvm::Module& module,
                                   const Options& options, const llvm::TargetMachine& machine) {
  auto key = key_of(module, options, machine);
  if (!key) cache.give_up("this program has no build id");
  return key;
}

}  // namespace

Costs& Costs::operator+=(const Costs& other) {
  made += other.made;
  found += other.found;
  emit += other.emit;
  optimise += other.optimise;
  assemble += other.assemble;
  load += other.load;
  return *this;
}

std::variant<std::string, Failure> object_of(Module module, const Options& options,
                                             llvm::TargetMachine& machine, cache::CodeCache* cache,
                                             Costs& costs) {
  std::optional<std::string> key;
  if (cache != nullptr) {
    const Stopwatch measured(costs.emit);
    key = key_for(*cache, *module, options, machine);
    if (auto found = key ? cache->find(*key) : std::nullopt) {
      ++costs.found;
      return *std::move(found);
    }
  }
  ++costs.made;
  {
    const Stopwatch measured(costs.optimise);
    if (auto failure = finish_module(*module, options, machine)) return *std::move(failure);
  }
  const Stopwatch measured(costs.assemble);
  auto object = assemble(*module, machine, llvm::CodeGenFileType::ObjectFile);
  if (const auto* bytes = std::get_if<std::string>(&object); bytes != nullptr && key)
    cache->keep(*key, *bytes);
  return object;
}

}  // namespace bouton::codegen
