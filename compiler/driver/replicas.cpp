#include "compiler/driver/replicas.h"

#include <map>
#include <memory>
#include <utility>

#include "compiler/driver/processor.h"
#include "compiler/image/program.h"

namespace bouton::driver {

namespace {

// Native code for each number of lanes that is needed, made when it is first used.
class CodeByLanes {
 public:
  CodeByLanes(Session& session, const plan::Plan& plan, const elaborate::Network& network,
              const RunOptions& options, codegen::Making making, Timings& timings)
      : session_(session),
        plan_(plan),
        network_(network),
        options_(options),
        making_(std::move(making)),
        timings_(timings) {}

  std::optional<runtime::Code> get(int lanes) {
    auto found = made_.find(lanes);
    if (found == made_.end()) {
      codegen::Options options{lanes, options_.width, options_.optimisation, "", {},
                               {},    options_.skips, options_.patient};
      aim_at(options_.cpu, options);
      auto executable = compile(session_, plan_, network_.source_directory, options, making_);
      if (!executable) return std::nullopt;
      found = made_.emplace(lanes, std::move(executable->code)).first;
      watch(found->second);
    }
    const codegen::NativeCode& code = found->second;
    return runtime::Code{&code.layout, &code.advance, &code.kernels, {}, &code.advance_of};
  }

  // What it all took.
  void report() const {
    for (const auto& [lanes, code] : made_) timings_.add(code.costs());
  }

 private:
  void watch(codegen::NativeCode& code) const {
    if (!options_.timings) return;
    code.advance_of = [of = code.advance_of, &timings = timings_](std::uint32_t schedule) {
      auto found = of(schedule);
      timings.begin_steps();
      return found;
    };
  }

  Session& session_;
  const plan::Plan& plan_;
  const elaborate::Network& network_;
  const RunOptions& options_;
  const codegen::Making making_;
  Timings& timings_;
  std::map<int, codegen::NativeCode> made_;
};

// Waiting for code is no work.
codegen::Making made_on_first_use(cache::CodeCache* cache, launch::Console& console) {
  return {cache, true, [&] { console.end_work(); }, [&] { console.begin_work(); }};
}

}  // namespace

std::optional<std::vector<runtime::ReplicaOutcome>> run_replicas(
    Session& session, const elaborate::Network& network, const RunOptions& options,
    cache::CodeCache* cache, Timings& timings, launch::Console& console,
    runtime::RunOutput* output) {
  const auto plan = plan_of(session, network);
  if (!plan) return std::nullopt;
  timings.end_phase("plan");
  CodeByLanes code(session, *plan, network, options, made_on_first_use(cache, console), timings);
  const auto made = std::make_shared<const launch::PointProgram>(
      launch::PointProgram{image::build_program(*plan, network.source_directory),
                           [&](int lanes) { return code.get(lanes); }});
  auto outcomes = launch::run_replicas(
      {network.seed, options.seeds, kLaneWidths, 1, options.threads}, [&](int) { return made; },
      console, output);
  code.report();
  return outcomes;
}

}  // namespace bouton::driver
