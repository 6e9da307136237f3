#include "compiler/driver/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "compiler/diagnostics/suggest.h"
#include "compiler/driver/processor.h"
#include "compiler/launch/run_options.h"
#include "compiler/launch/session.h"
#include "compiler/launch/streams.h"
#include "compiler/launch/version.h"
#include "compiler/launch/wrong_usage.h"

namespace bouton::driver {

namespace {

const std::map<std::string, Emit> kEmits = {{"ast", Emit::Ast},         {"model", Emit::Model},
                                            {"network", Emit::Network}, {"plan", Emit::Plan},
                                            {"llvm", Emit::Llvm},       {"asm", Emit::Asm}};

void add_emit(CLI::App& command, Emit& emit) {
  const auto set = [&emit](const std::string& word) { emit = kEmits.at(word); };
  command
      .add_option_function<std::string>(
          "--emit", set,
          "print an intermediate form instead: ast, model, network, plan, llvm or asm")
      ->check(CLI::IsMember({"ast", "model", "network", "plan", "llvm", "asm"}))
      ->type_name("FORM");
}

void add_precision(CLI::App& command, elaborate::Precision& precision) {
  const auto set = [&precision](const std::string& word) {
    precision = word == "single" ? elaborate::Precision::Single : elaborate::Precision::Double;
  };
  command
      .add_option_function<std::string>(
          "--precision", set,
          "of neurons, synapses and rules, single or double (default: double); part of what the "
          "program means")
      ->check(CLI::IsMember({"single", "double"}))
      ->type_name("PRECISION");
}

void add_no_cache(CLI::App& command, bool& cache) {
  command.add_flag_callback(
      "--no-cache", [&cache] { cache = false; },
      "compile anew, and keep nothing for later runs; results do not depend on it");
}

void add_optimisation(CLI::App& command, int& optimisation) {
  command
      .add_option("-O", optimisation,
                  "effort of code generation, 0 to 3; results do not depend on it")
      ->check(CLI::Range(0, 3));
}

// Of code that runs here.
void add_cpu(CLI::App& command, std::string& cpu) {
  command
      .add_option("--cpu", cpu,
                  "what code may use: native, all that this processor has (default), or less, such "
                  "as x86-64 or x86-64-v3; results do not depend on it")
      ->check(CLI::Validator(find_processor_problem, ""))
      ->type_name("NAME");
}

// Text of one line each, behind the options.
constexpr const char* kRunHelp =
    "Examples:\n"
    "  bouton run main.bouton                         the first experiment, with its defaults\n"
    "  bouton run main.bouton Sampling -p n=5 -p tau_ref='20 ms'\n"
    "  bouton run main.bouton --seeds 20 -o out.h5    20 replicas in one result file\n"
    "  bouton check main.bouton --params              which parameters there are\n"
    "\n"
    "The result hash does not depend on --width, -O, --cpu, --threads, or how many replicas run "
    "side by\n"
    "side. Compiled code is kept in BOUTON_CACHE_DIR (~/.cache/bouton; empty: not), up to\n"
    "BOUTON_CACHE_SIZE (256M), and used again where nothing that it depends on has changed.\n"
    "Exit codes: 0 success, 1 errors in the program or its parameters, 2 wrong usage, 3 the run\n"
    "failed, an expectation was not met or the output could not be written, 130 interrupted.";

template <typename Options>
void add_plan(CLI::App& command, Options& options) {
  const auto set = [&options](const std::string& word) {
    options.skips = word != "step";
    options.patient = word == "auto";
  };
  command
      .add_option_function<std::string>(
          "--plan", set,
          "step: execute every step; skip: leap over those in which nothing happens wherever that "
          "is possible; auto: where it also pays (default); results do not depend on it")
      ->check(CLI::IsMember({"auto", "skip", "step"}))
      ->type_name("PLAN");
}

CLI::App* add_run(CLI::App& app, RunOptions& options) {
  CLI::App* run = app.add_subcommand("run", "Compile an experiment in memory and run it.");
  run->add_option("file", options.file, "source file")->required();
  run->add_option("experiment,--experiment", options.experiment,
                  "which experiment of the file (default: the first)");
  launch::add_parameters(*run, options.parameters);
  launch::add_seed(*run, options.seed);
  add_precision(*run, options.precision);
  launch::add_seeds(*run, options.seeds);
  run->add_option("--width", options.width,
                  "elements per vector of a single replica; results do not depend on it")
      ->check(CLI::IsMember({1, 2, 4, 8, 16}));
  add_optimisation(*run, options.optimisation);
  add_cpu(*run, options.cpu);
  add_plan(*run, options);
  launch::add_threads(*run, options.threads);
  launch::add_output(*run, options.output, "write what is recorded to an HDF5 file");
  CLI::Option* interpret =
      run->add_flag("--interpret", options.interpret,
                    "do not compile: run the reference interpreter (slow, same numbers)");
  for (const char* of_code : {"--width", "-O", "--cpu", "--plan"})
    interpret->excludes(run->get_option(of_code));
  add_no_cache(*run, options.cache);
  run->add_flag("--timings", options.timings,
                "print on standard error how long each phase took up to the first step");
  launch::add_quiet(*run, options.quiet);
  add_emit(*run, options.emit);
  run->footer(kRunHelp);
  return run;
}

constexpr const char* kSweepHelp =
    "A sweep stands in the file: `sweep Name of Experiment { lr in [0.1, 0.2]; seeds 5 }`. All\n"
    "combinations of its axes are run, times the seeds, and written to one HDF5 file with the axes "
    "as\n"
    "dimensions. -p of an axis puts one value in place of those of the sweep. What has ended is "
    "never lost: after Ctrl-C, kill or a full disk the same command\n"
    "with --resume goes on. A replica that fails is reported with its point, the others go on.\n"
    "\n"
    "Examples:\n"
    "  bouton sweep main.bouton                       the first sweep, into NAME.h5\n"
    "  bouton sweep main.bouton Figure4 -p epochs=10 --threads 0 -o short.h5\n"
    "  bouton sweep main.bouton Figure4 --threads 0 --resume\n"
    "\n"
    "Exit codes: 0 success, 1 errors in the program, its parameters or at a point, 2 wrong usage,\n"
    "3 a replica failed, an expectation was not met or the output could not be written, 130\n"
    "interrupted.";

CLI::App* add_sweep(CLI::App& app, SweepOptions& options) {
  CLI::App* sweep = app.add_subcommand(
      "sweep", "Run an experiment for all combinations of parameter values, into one file.");
  sweep->add_option("file", options.file, "source file")->required();
  sweep->add_option("name", options.sweep, "which sweep of the file (default: the first)");
  launch::add_parameters(*sweep, options.parameters);
  launch::add_seed(*sweep, options.seed);
  sweep
      ->add_option("--seeds", options.seeds,
                   "replicas of each point, with consecutive seeds (default: as the sweep says)")
      ->check(CLI::Range(1, 1 << 20));
  add_precision(*sweep, options.precision);
  launch::add_threads(*sweep, options.threads);
  add_optimisation(*sweep, options.optimisation);
  add_cpu(*sweep, options.cpu);
  add_plan(*sweep, options);
  add_no_cache(*sweep, options.cache);
  launch::add_output(*sweep, options.output, "the HDF5 file (default: the sweep's name with .h5)");
  sweep->add_flag("-q,--quiet", options.quiet,
                  "no progress, only printed lines and the result hash");
  sweep->footer(kSweepHelp);
  return sweep;
}

constexpr const char* kBuildHelp =
    "The executable contains the sources, the machine code and the runtime: it needs neither\n"
    "Bouton nor LLVM, only the C library, and gives the results and the hash of `bouton run`.\n"
    "It takes --param, --seed, --seeds, --threads, --sweep, -o, --resume and --quiet; its --help\n"
    "lists the experiment's parameters. Parameters given here are its defaults. What a parameter "
    "changes in the code\n"
    "beyond numbers and sizes is fixed by this command; --help of the executable says so.\n"
    "\n"
    "Examples:\n"
    "  bouton build main.bouton -o sampler            then: ./sampler --seed 7 -o out.h5\n"
    "  bouton build main.bouton Sampling -p n=5 --cpu=x86-64-v3 -o sampler\n"
    "\n"
    "Linking takes a C++ compiler driver from PATH: c++, g++ or clang++.\n"
    "Exit codes: 0 success, 1 errors in the program or its parameters, 2 wrong usage, 3 no\n"
    "executable could be linked or written.";

CLI::App* add_build(CLI::App& app, BuildOptions& options) {
  CLI::App* build =
      app.add_subcommand("build", "Compile an experiment to a stand-alone executable.");
  build->add_option("file", options.file, "source file")->required();
  build->add_option("experiment,--experiment", options.experiment,
                    "which experiment of the file (default: the first)");
  launch::add_parameters(*build, options.parameters);
  build
      ->add_option("--cpu", options.cpu,
                   "processors it is for, checked when it starts: native or a name that LLVM "
                   "knows, such as x86-64-v3")
      ->capture_default_str()
      ->type_name("NAME");
  add_precision(*build, options.precision);
  add_optimisation(*build, options.optimisation);
  add_no_cache(*build, options.cache);
  build->add_flag("--timings", options.timings, "print on standard error how long each phase took");
  build->add_option("-o,--output", options.output, "the executable")
      ->required()
      ->check(CLI::Validator(launch::check_file_name, ""))
      ->type_name("EXE");
  build->footer(kBuildHelp);
  return build;
}

CLI::App* add_check(CLI::App& app, CheckOptions& options) {
  CLI::App* check = app.add_subcommand(
      "check", "Report all errors and warnings, and the locality of every rule.");
  check->add_option("file", options.file, "source file")->required();
  check->add_flag("--json", options.json, "messages as JSON, for editors");
  check->add_flag("--params", options.list_parameters,
                  "list the parameters of its experiments instead: defaults, documentation, units");
  add_emit(*check, options.emit);
  check->footer("Exit codes: 0 no errors, 1 errors in the program, 2 wrong usage.");
  return check;
}

CLI::App* add_format(CLI::App& app, FormatOptions& options) {
  CLI::App* format = app.add_subcommand("fmt", "Print files in the canonical layout.");
  format->add_option("files", options.files, "source files")->required();
  format->add_flag("-i,--in-place", options.in_place, "rewrite the files");
  format->add_flag("--check", options.only_check,
                   "print nothing; exit code 1 if a file is laid out otherwise");
  format->footer(
      "Exit codes: 0 success, 1 a file has errors or, with --check, another layout, 2 wrong\n"
      "usage, 3 a file could not be written.");
  return format;
}

CLI::App* add_verify(CLI::App& app, VerifyOptions& options) {
  CLI::App* verify = app.add_subcommand(
      "verify",
      "Run the verify blocks and short forms of the experiments, compiled and interpreted.");
  verify->add_option("file", options.file, "source file")->required();
  verify->add_option("name", options.filter,
                     "only blocks and experiments with this in their names (default: all)");
  launch::add_parameters(*verify, options.parameters);
  verify->add_flag(
      "--whole", options.whole,
      "run experiments to their end; else each run is cut to 500 steps, all to 50 000");
  add_precision(*verify, options.precision);
  add_no_cache(*verify, options.cache);
  verify->footer(
      "Exit codes: 0 everything passed, 1 errors in the program, 2 wrong usage, 3 a check failed,\n"
      "130 interrupted.");
  return verify;
}

CLI::App* add_explain(CLI::App& app, ExplainOptions& options) {
  CLI::App* explain = app.add_subcommand(
      "explain",
      "Say what the compiler makes of an experiment: order, methods, storage, and costs.");
  explain->add_option("file", options.run.file, "source file")->required();
  explain->add_option("rule", options.rule, "only this rule, such as SAL or W.sal");
  explain->add_option("--experiment", options.run.experiment,
                      "which experiment of the file (default: the first)");
  launch::add_parameters(*explain, options.run.parameters);
  add_precision(*explain, options.run.precision);
  explain->footer("Exit codes: 0 success, 1 errors in the program, 2 wrong usage.");
  return explain;
}

CLI::App* add_recover(CLI::App& app, RecoverOptions& options) {
  CLI::App* recover = app.add_subcommand(
      "recover",
      "Write the result file of a run or sweep that did not come to write it, from its spool.");
  recover->add_option("output", options.output, "the result file, as the run was given it")
      ->required()
      ->type_name("FILE.h5");
  recover->add_flag("--check", options.only_check,
                    "write nothing: compute the hash of a result file anew and compare");
  recover->add_flag(
      "--final", options.final_words,
      "the run will not be resumed: spool and checkpoints go, as they do where it cannot be");
  recover->footer(
      "Exit codes: 0 success, 2 wrong usage, 3 there is nothing to write or it could not be\n"
      "written, or, with --check, the hash is another one.");
  return recover;
}

constexpr const char* kMainHelp =
    "Examples:\n"
    "  bouton run main.bouton --seed 3 -o out.h5      compile in memory and run\n"
    "  bouton sweep main.bouton Figure4 --threads 0   all combinations of parameter values\n"
    "  bouton build main.bouton -o sampler            a program that needs no Bouton\n"
    "  bouton check main.bouton                       errors, warnings, what each rule reads\n"
    "  bouton fmt -i main.bouton                      the canonical layout\n"
    "  bouton verify main.bouton                      its verify blocks, in both ways\n"
    "  bouton explain main.bouton                     order, methods, storage and costs\n"
    "\n"
    "`bouton COMMAND --help` says more about each.";

// The first word that is no option names the command.
bool names_a_command(const CLI::App& app, int argument_count, const char* const* arguments) {
  if (argument_count < 2 || arguments[1][0] == '-') return true;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
  if (std::ranges::find(names, arguments[1]) != names.end()) return true;
  launch::print_error("error: there is no command `{}`\n = hint: {}\n", arguments[1],
                      diagnostics::suggest_or_list(arguments[1], names));
  return false;
}

}  // namespace

std::variant<Command, int> parse_command_line(int argument_count, const char* const* arguments) {
  CLI::App app{
      "Bouton: a language for neuron equations, noise and synaptic plasticity rules, and its "
      "compiler.\n"
      "Exit codes: 0 success, 1 errors in the program or its parameters, 2 wrong usage, 3 a run "
      "failed,\n"
      "an expectation was not met or a file could not be written, 130 interrupted."};
  app.name("bouton");
  app.set_version_flag("--version", std::string("bouton ") + launch::kVersion);
  app.require_subcommand(1);
  app.failure_message(launch::describe_wrong_usage);
  app.footer(kMainHelp);
  RunOptions run;
  SweepOptions sweep;
  BuildOptions build;
  CheckOptions check;
  FormatOptions format;
  VerifyOptions verify;
  ExplainOptions explain;
  RecoverOptions recover;
  const CLI::App* run_command = add_run(app, run);
  const CLI::App* sweep_command = add_sweep(app, sweep);
  const CLI::App* build_command = add_build(app, build);
  const CLI::App* check_command = add_check(app, check);
  const CLI::App* format_command = add_format(app, format);
  const CLI::App* recover_command = add_recover(app, recover);
  const CLI::App* verify_command = add_verify(app, verify);
  add_explain(app, explain);
  if (!names_a_command(app, argument_count, arguments)) return launch::kWrongUsage;
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? launch::kSuccess : launch::kWrongUsage;
  }
  if (run_command->parsed()) return Command(run);
  if (sweep_command->parsed()) return Command(sweep);
  if (build_command->parsed()) return Command(build);
  if (check_command->parsed()) return Command(check);
  if (format_command->parsed()) return Command(format);
  if (recover_command->parsed()) return Command(recover);
  if (verify_command->parsed()) return Command(verify);
  return Command(explain);
}

}  // namespace bouton::driver
