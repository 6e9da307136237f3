#include "compiler/driver/emit.h"

#include "compiler/ast/dump.h"
#include "compiler/driver/processor.h"
#include "compiler/driver/replicas.h"
#include "compiler/elaborate/dump.h"
#include "compiler/launch/streams.h"
#include "compiler/load/load_program.h"
#include "compiler/model/dump.h"
#include "compiler/plan/printer.h"

namespace bouton::driver {

namespace {

bool print_code(Session& session, const plan::Plan& plan, const RunOptions& options) {
  codegen::Options code{launch::cut_into_blocks(options.seeds, kLaneWidths).front(),
                        options.width,
                        options.optimisation,
                        "",
                        {},
                        {},
                        options.skips,
                        options.patient};
  aim_at(options.cpu, code);
  const auto text = options.emit == Emit::Llvm ? codegen::print_llvm(plan, code)
                                               : codegen::print_assembly(plan, code);
  if (const auto* failure = std::get_if<codegen::Failure>(&text)) {
    session.diagnostics.report(diagnostics::Kind::NoCode, {}, {plan.name, failure->message});
    return false;
  }
  launch::print("{}", std::get<std::string>(text));
  return true;
}

}  // namespace

bool emit_tree(Session& session, const std::string& file) {
  const auto files = load::load_program(file, session.sources, session.diagnostics);
  if (!files) return false;
  launch::print("{}", ast::dump(files->back()));
  return true;
}

bool emit_form(Session& session, const model::Program& program, const elaborate::Network& network,
               const RunOptions& options) {
  if (options.emit == Emit::Ast) return emit_tree(session, options.file);
  if (options.emit == Emit::Model) {
    launch::print("{}", model::dump(program));
    return true;
  }
  if (options.emit == Emit::Network) {
    launch::print("{}", elaborate::dump(network));
    return true;
  }
  const auto plan = plan_of(session, network);
  if (!plan) return false;
  if (options.emit != Emit::Plan) return print_code(session, *plan, options);
  launch::print("{}", plan::print(*plan, plan::Names::Quoted));
  return true;
}

}  // namespace bouton::driver
