#include "compiler/driver/pipeline.h"

#include <utility>

#include "compiler/image/program.h"

namespace bouton::driver {

std::optional<elaborate::Network> bind(Session& session, const model::Program& program,
                                       model::ExperimentId experiment, const RunOptions& options) {
  return launch::bind(
      session, program, experiment,
      {options.parameters, options.seed, options.precision, directory_of(options.file)});
}

std::optional<Executable> compile(Session& session, const plan::Plan& plan,
                                  const std::string& source_directory,
                                  const codegen::Options& options, const codegen::Making& making) {
  auto code = codegen::compile(plan, options, making);
  if (const auto* failure = std::get_if<codegen::Failure>(&code)) {
    session.diagnostics.report(diagnostics::Kind::NoCode, {}, {plan.name, failure->message})
        .hint("`--interpret` runs it without compiling");
    return std::nullopt;
  }
  return Executable{image::build_program(plan, source_directory),
                    std::get<codegen::NativeCode>(std::move(code))};
}

}  // namespace bouton::driver
