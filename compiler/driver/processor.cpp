#include "compiler/driver/processor.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/program/cpu_features.h"

namespace bouton::driver {

namespace {

constexpr const char* kNative = "native";

}  // namespace

std::string find_processor_problem(const std::string& cpu) {
  if (cpu == kNative) return "";
  const auto features = codegen::features_of(cpu);
  if (const auto* failure = std::get_if<codegen::Failure>(&features))
    return failure->message +
           "; it takes `native`, `x86-64`, `x86-64-v2`, `x86-64-v3`, "
           "`x86-64-v4` or another name that LLVM knows";
  const auto& needed = std::get<std::vector<std::string>>(features);
  const auto missing = std::ranges::find_if_not(
      needed, [](const std::string& name) { return runtime::cpu_has(name); });
  if (missing == needed.end()) return "";
  return fmt::format(
      "this processor has no {}, which `{}` has; `native` is this one, `x86-64` runs on all",
      *missing, cpu);
}

void aim_at(const std::string& cpu, codegen::Options& options) {
  if (cpu == kNative) return;
  options.cpu = cpu;
  options.features = std::get<std::vector<std::string>>(codegen::features_of(cpu));
}

}  // namespace bouton::driver
