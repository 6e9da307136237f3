#include "compiler/driver/replicas.h"

#include <map>
#include <memory>
#include <utility>

#include "compiler/image/program.h"

namespace bouton::driver {

namespace {

// Native code for each number of lanes that is needed, made when it is first used.
class CodeByLanes {
 public:
  CodeByLanes(Session& session, const plan::Plan& plan, const elaborate::Network& network,
              const RunOptions& options)
      : session_(session), plan_(plan), network_(network), options_(options) {}

  std::optional<runtime::Code> get(int lanes) {
    auto found = made_.find(lanes);
    if (found == made_.end()) {
      const codegen::Options options{lanes, options_.width, options_.optimisation, "", {},
                                     {},    options_.skips};
      auto executable = compile(session_, plan_, network_.source_directory, options);
      if (!executable) return std::nullopt;
      found = made_.emplace(lanes, std::move(executable->code)).first;
    }
    const codegen::NativeCode& code = found->second;
    return runtime::Code{&code.layout, &code.advance, &code.kernels};
  }

 private:
  Session& session_;
  const plan::Plan& plan_;
  const elaborate::Network& network_;
  const RunOptions& options_;
  std::map<int, codegen::NativeCode> made_;
};

}  // namespace

std::optional<std::vector<runtime::ReplicaOutcome>> run_replicas(Session& session,
                                                                 const elaborate::Network& network,
                                                                 const RunOptions& options,
                                                                 launch::Console& console,
                                                                 runtime::RunOutput* output) {
  const auto plan = plan_of(session, network);
  if (!plan) return std::nullopt;
  CodeByLanes code(session, *plan, network, options);
  const auto made = std::make_shared<const launch::PointProgram>(
      launch::PointProgram{image::build_program(*plan, network.source_directory),
                           [&](int lanes) { return code.get(lanes); }});
  return launch::run_replicas(
      {network.seed, options.seeds, kLaneWidths, 1, options.threads}, [&](int) { return made; },
      console, output);
}

}  // namespace bouton::driver
