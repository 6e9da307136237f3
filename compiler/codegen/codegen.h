// plan -> LLVM -> native code. The only folder that knows LLVM; see emit.h for how code is shaped.
//
// One function per schedule (`advance`: the whole step loop) and one per kernel that runs outside
// of it. Vectors lie along the replica lanes when there are several, else along the innermost axis
// of each kernel; results never depend on it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/image/pool.h"
#include "compiler/plan/plan.h"
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
};

// Why no code could be made of a plan that the verifier accepts: a construct that is not generated
// yet, or LLVM's words.
struct Failure {
  std::string message;
};

// Machine code in this process and where it keeps its state. Function vectors are indexed by
// schedule and kernel id; kernels that only run inside of schedules are null.
struct NativeCode {
  runtime::ArenaLayout layout;
  std::vector<runtime::AdvanceFunction> advance;
  std::vector<runtime::KernelFunction> kernels;
  double compile_seconds = 0;
  std::shared_ptr<void> owner;  // keeps the code mapped
};

[[nodiscard]] std::variant<NativeCode, Failure> compile(const plan::Plan& plan,
                                                        const Options& options);

// The features of cpu_features.def that a processor has, by its name for LLVM or "native".
[[nodiscard]] std::variant<std::vector<std::string>, Failure> features_of(const std::string& cpu);

// A relocatable object file in memory: the code of a plan and, under the name `symbol`, the
// runtime::EmbeddedCode that lists its functions.
[[nodiscard]] std::variant<std::string, Failure> compile_object(const plan::Plan& plan,
                                                                const Options& options,
                                                                const std::string& symbol);
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
