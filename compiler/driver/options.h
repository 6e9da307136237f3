// What the user asked for on the command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/elaborate/arithmetic.h"
#include "compiler/launch/output.h"

namespace bouton::driver {

enum class Emit { Nothing, Ast, Model, Network, Plan, Llvm, Asm };

struct RunOptions {
  std::string file;
  std::string experiment;               // empty: the first one of the file
  std::vector<std::string> parameters;  // name=value
  std::optional<std::uint64_t> seed;
  elaborate::Precision precision = elaborate::Precision::Double;
  int seeds = 1;         // replicas, with seeds seed, seed + 1, …
  int threads = 1;       // blocks of replicas at the same time
  int width = 8;         // elements per vector when there is one replica
  int optimisation = 3;  // 0 … 3
  std::string cpu =
      "native";         // or a name that LLVM knows, of a processor that this one can replace
  bool skips = true;    // leap over steps in which nothing happens
  bool patient = true;  // where that pays
  bool interpret = false;
  bool cache = true;     // look up compiled code, and keep it
  bool timings = false;  // print what each phase took
  bool quiet = false;
  launch::OutputSettings output;
  Emit emit = Emit::Nothing;
};

struct SweepOptions {
  std::string file;
  std::string sweep;                    // empty: the first one of the file
  std::vector<std::string> parameters;  // name=value; of an axis: in place of its values
  std::optional<std::uint64_t> seed;
  elaborate::Precision precision = elaborate::Precision::Double;
  std::optional<int> seeds;  // of each point, in place of what the sweep says
  int threads = 1;
  int optimisation = 3;        // 0 … 3
  std::string cpu = "native";  // as of a run
  bool skips = true;
  bool patient = true;
  bool cache = true;
  bool quiet = false;
  launch::OutputSettings output;  // without a file: the sweep's name
};

struct BuildOptions {
  std::string file;
  std::string experiment;               // empty: the first one of the file
  std::vector<std::string> parameters;  // name=value
  std::string cpu = "native";           // or a name that LLVM knows, such as x86-64-v3
  elaborate::Precision precision = elaborate::Precision::Double;
  int optimisation = 3;  // 0 … 3
  bool cache = true;
  bool timings = false;
  std::string output;  // the executable
};

struct RecoverOptions {
  std::string output;        // the result file
  bool only_check = false;   // exit code 1 if its rows do not have the hash that it says
  bool final_words = false;  // the run will not be resumed
};

struct CheckOptions {
  std::string file;
  bool json = false;
  bool list_parameters = false;  // of its experiments, in place of the locality report
  Emit emit = Emit::Nothing;
};

struct FormatOptions {
  std::vector<std::string> files;
  bool in_place = false;
  bool only_check = false;  // exit code 1 if a file would change
};

struct VerifyOptions {
  std::string file;
  std::string filter;  // part of the names of blocks and experiments; empty: all
  std::vector<std::string> parameters;
  bool whole = false;  // experiments not in short form
  bool cache = true;
  elaborate::Precision precision = elaborate::Precision::Double;
};

struct ExplainOptions {
  RunOptions run;    // file, experiment, parameters
  std::string rule;  // empty: everything
};

using Command = std::variant<RunOptions, SweepOptions, BuildOptions, CheckOptions, FormatOptions,
                             VerifyOptions, RecoverOptions, ExplainOptions>;

// The command, or the exit code when there is nothing to do (help, version, wrong usage); texts
// have been printed then.
[[nodiscard]] std::variant<Command, int> parse_command_line(int argument_count,
                                                            const char* const* arguments);

}  // namespace bouton::driver
