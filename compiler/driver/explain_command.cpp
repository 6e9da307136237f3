
#include <algorithm>

#include "compiler/diagnostics/suggest.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/explained.h"
#include "compiler/driver/not_run_yet.h"
#include "compiler/explain/explain.h"
#include "compiler/launch/report.h"
#include "compiler/launch/streams.h"

namespace bouton::driver {

namespace {

std::optional<std::string> explain_subject(Session& session, const explain::Subject& subject,
                                           const std::string& rule) {
  if (rule.empty()) return explain::explain(subject);
  const std::vector<std::string> names = explain::rule_names(subject);
  if (std::ranges::find(names, rule) != names.end()) return explain::explain_rule(subject, rule);
  const model::Experiment& experiment = subject.network.source();
  session.diagnostics
      .report(diagnostics::Kind::UnknownLearningRule, experiment.span, {experiment.name, rule})
      .hint(names.empty() ? "it has no projection with `learning`"
                          : diagnostics::suggest_or_list(rule, names));
  return std::nullopt;
}

}  // namespace

std::optional<std::string> explain_file(Session& session, const ExplainOptions& options) {
  const auto program = check_file(session, options.run.file);
  if (!program) return std::nullopt;
  const auto experiment =
      find_experiment(session, *program, options.run.file, options.run.experiment);
  if (!experiment) return std::nullopt;
  const auto network = bind(session, *program, *experiment, options.run);
  if (!network) return std::nullopt;
  const auto plan = plan_of(session, *network);
  if (!plan) {
    suggest_interpreter(session, *network);
    return std::nullopt;
  }
  return explain_subject(session, {*network, *plan, session.sources}, options.rule);
}

int explain(const ExplainOptions& options) {
  Session session;
  const auto text = explain_file(session, options);
  if (text) launch::print("{}", *text);
  return launch::finish(session, text ? kSuccess : kProgramErrors);
}

}  // namespace bouton::driver
