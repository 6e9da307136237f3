#include "compiler/explain/explain.h"

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/explain/sections.h"
#include "compiler/explain/words.h"

namespace bouton::explain {

namespace {

// All names by which a rule at a projection can be asked for.
std::vector<std::string> names_of(const Subject& subject, plan::RuleId id) {
  std::vector<std::string> names{subject.plan.rules[id].name, rule_name(subject, id)};
  if (const elaborate::RuleInstance* instance = instance_of(subject, id))
    names.push_back(subject.network.program->rules[instance->rule].name);
  return names;
}

}  // namespace

std::string explain(const Subject& subject) {
  std::string text = print_summary(subject) + "\n" + print_steps(subject);
  for (const plan::RuleId id : subject.plan.rules.ids()) text += "\n" + print_rule(subject, id);
  for (const plan::PopulationId id : subject.plan.populations.ids())
    text += "\n" + print_population(subject, id);
  for (const plan::LinkId id : subject.plan.links.ids())
    text += "\n" + print_projection(subject, id);
  return text + "\n" + print_costs(subject) + "\n" + print_memory(subject);
}

std::vector<std::string> rule_names(const Subject& subject) {
  std::vector<std::string> all;
  for (const plan::RuleId id : subject.plan.rules.ids())
    for (const std::string& name : names_of(subject, id))
      if (std::ranges::find(all, name) == all.end()) all.push_back(name);
  return all;
}

std::string explain_rule(const Subject& subject, std::string_view name) {
  std::string text;
  for (const plan::RuleId id : subject.plan.rules.ids()) {
    const std::vector<std::string> names = names_of(subject, id);
    if (std::ranges::find(names, name) == names.end()) continue;
    text += (text.empty() ? "" : "\n") + print_rule(subject, id);
  }
  BOUTON_CHECK(!text.empty(), "a rule to explain that the plan does not have");
  return text;
}

}  // namespace bouton::explain
