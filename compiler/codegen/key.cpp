#include "compiler/codegen/key.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Bitcode/BitcodeWriter.h>
#include <llvm/Config/llvm-config.h>
#include <llvm/Support/SHA256.h>
#include <llvm/Support/raw_ostream.h>

#include "compiler/cache/identity.h"
#include "compiler/codegen/module.h"

namespace bouton::codegen {

namespace {

// With its size in front, so that no two lists of texts give the same bytes.
void add(llvm::SHA256& hash, llvm::StringRef text) {
  hash.update(std::to_string(text.size()) + ":");
  hash.update(text);
}

}  // namespace

std::optional<std::string> key_of(const llvm::Module& module, const Options& options,
                                  const llvm::TargetMachine& machine) {
  const auto identity = cache::identity_of_this_program();
  if (!identity) return std::nullopt;
  llvm::SmallString<0> bitcode;
  llvm::raw_svector_ostream stream(bitcode);
  llvm::WriteBitcodeToFile(module, stream);
  llvm::SHA256 hash;
  add(hash, *identity);
  add(hash, LLVM_VERSION_STRING);
  add(hash, machine.getTargetCPU());
  add(hash, machine.getTargetFeatureString());
  add(hash, options.features ? tuned_cpu(options) : "");
  add(hash, std::to_string(options.optimisation_level));
  add(hash, bitcode);
  return llvm::toHex(hash.final(), true);
}

}  // namespace bouton::codegen
