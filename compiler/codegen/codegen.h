// plan -> LLVM -> native code. The only folder that knows LLVM; see emit.h for how code is shaped.
//
// One function per schedule (`advance`: the whole step loop) and one per kernel that runs outside
// of it. Vectors lie along the replica lanes when there are several, else along the innermost axis
// of each kernel; results never depend on it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/cache/code_cache.h"
#include "compiler/image/layout.h"
#include "compiler/image/pool.h"
#include "compiler/plan/plan.h"
#include "runtime/base/result.h"
#include "runtime/program/layout.h"

namespace bouton::codegen {

struct Options {
  int lanes = 1;               // replicas side by side: 1, 2, 4, 8 or 16
  int width = 8;               // elements per vector when lanes == 1: 1, 2, 4, 8 or 16
  int optimisation_level = 3;  // 0 … 3
  std::string cpu;             // empty or "native": this machine's
  image::Pool pool = {};       // numbers to be read from the table
  // What code may use beyond every x86-64, `cpu` being what it is tuned for. Nothing: all that the
  // processor has.
  std::optional<std::vector<std::string>> features = std::nullopt;
  // Leap over quiet steps where a schedule allows it.
  bool skips = true;
  // Search for the next event only where that has paid so far (Note [Patience] in skip.h).
  bool patient = true;
};

[[nodiscard]] inline image::CodeForm form_of(const Options& options) {
  return {options.lanes, options.width, options.pool.has_offsets()};
}

// Why no code could be made of a plan that the verifier accepts: a construct that is not generated
// yet, or LLVM's words.
struct Failure {
  std::string message;
};

// How code comes to be; results do not depend on any of it.
struct Making {
  cache::CodeCache* cache = nullptr;  // where code is looked up and kept; may be null
  // Schedules are compiled one by one when they are first used, and by other threads before that,
  // instead of all at once.
  bool on_first_use = false;
  // Called before and after somebody who wants to run a schedule waits for its code.
  std::function<void()> wait_begins{};
  std::function<void()> wait_ends{};
};

// What making code took, summed over threads, so far.
struct Costs {
  int made = 0;     // pieces of code that were compiled: schedules, and the kernels outside
  int found = 0;    // that the cache had
  double emit = 0;  // seconds; the key and the look-up in the cache included
  double optimise = 0;
  double assemble = 0;
  double load = 0;

  Costs& operator+=(const Costs& other);
};

// Machine code in this process and where it keeps its state. Function vectors are indexed by
// schedule and kernel id; kernels that only run inside of schedules are null, and so are schedules
// that are made when they are first used.
struct NativeCode {
  runtime::ArenaLayout layout;
  std::vector<runtime::AdvanceFunction> advance;
  std::vector<runtime::KernelFunction> kernels;
  // Of a schedule, made if it is not there yet. Any thread may call it.
  std::function<runtime::Result<runtime::AdvanceFunction>(std::uint32_t schedule)> advance_of;
  std::function<Costs()> costs;
  std::shared_ptr<void> owner;  // keeps the code mapped
};

[[nodiscard]] std::variant<NativeCode, Failure> compile(const plan::Plan& plan,
                                                        const Options& options,
                                                        const Making& making = {});

// The features of cpu_features.def that a processor has, by its name for LLVM or "native".
[[nodiscard]] std::variant<std::vector<std::string>, Failure> features_of(const std::string& cpu);

// A relocatable object file in memory: the code of a plan and, under the name `symbol`, the
// runtime::EmbeddedCode that lists its functions. `cache` may be null; what it takes is added to
// `costs`.
[[nodiscard]] std::variant<std::string, Failure> compile_object(const plan::Plan& plan,
                                                                const Options& options,
                                                                const std::string& symbol,
                                                                cache::CodeCache* cache,
                                                                Costs& costs);
// The object file that holds the runtime::EmbeddedProgram: a description, and references to code.
[[nodiscard]] std::variant<std::string, Failure> compile_description(
    const std::string& description, const std::vector<std::string>& code_symbols);

// The module as LLVM assembly (after optimisation at the level asked for), and as the target's
// assembly.
[[nodiscard]] std::variant<std::string, Failure> print_llvm(const plan::Plan& plan,
                                                            const Options& options);
[[nodiscard]] std::variant<std::string, Failure> print_assembly(const plan::Plan& plan,
                                                                const Options& options);

}  // namespace bouton::codegen
