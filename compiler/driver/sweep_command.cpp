#include <fmt/format.h>

#include <algorithm>

#include "compiler/driver/commands.h"
#include "compiler/driver/kept_code.h"
#include "compiler/driver/processor.h"
#include "compiler/driver/replicas.h"
#include "compiler/driver/shared_code.h"
#include "compiler/launch/report.h"
#include "compiler/launch/run_sweep.h"

namespace bouton::driver {

namespace {

launch::SweepOptions sweep_options(const SweepOptions& options) {
  const launch::Settings settings{options.parameters, options.seed, options.precision,
                                  directory_of(options.file)};
  return {options.file,    options.sweep, settings,       options.seeds,
          options.threads, options.quiet, options.output, kLaneWidths};
}

}  // namespace

int sweep(const SweepOptions& options) {
  Session session;
  const auto program = check_file(session, options.file);
  if (!program) return launch::finish(session, kProgramErrors);
  KeptCode kept(options.cache);
  codegen::Options wanted{1, 8, options.optimisation, "", {}, {}, options.skips, options.patient};
  aim_at(options.cpu, wanted);
  SharedCode shared(session, wanted, kept.cache());
  launch::SweepCode code;
  code.add = [&](const std::string&, const elaborate::Network&, const plan::Plan& plan) {
    shared.add(plan);
    return true;
  };
  code.code_for = [&](int point, const plan::Plan& plan) {
    return std::optional(shared.code_for(point, plan));
  };
  code.describe = [&] {
    return fmt::format("{} program{} compiled", shared.programs(),
                       shared.programs() == 1 ? "" : "s");
  };
  return launch::run_sweep(session, *program, sweep_options(options), code);
}

}  // namespace bouton::driver
