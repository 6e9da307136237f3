#include "compiler/launch/parameter_list.h"

#include <fmt/format.h>

#include <algorithm>

namespace bouton::launch {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

std::string value_of(const Session& session, const model::Parameter& parameter,
                     const std::string& name, const Description& description) {
  for (const std::string& setting : description.parameters)
    if (setting.starts_with(name + "=")) return setting.substr(name.size() + 1);
  if (!parameter.default_value) return "";
  return std::string(session.sources.text(parameter.default_value->span));
}

std::string remark_of(const std::string& name, const Description& description) {
  if (contains(description.fixed, name)) return "; fixed: another value needs another executable";
  if (contains(description.partly, name)) return "; some values need another executable";
  return "";
}

std::string describe_type(const model::Type& type) {
  const std::string unit = model::unit_of(type);
  return model::describe(type) + (unit.empty() ? "" : fmt::format(" ({})", unit));
}

}  // namespace

std::string list_parameters(const Session& session, const model::Experiment& experiment,
                            const Description& description) {
  if (experiment.parameters.empty()) return "The experiment has no parameters.";
  std::string text;
  if (!experiment.documentation.empty()) text += experiment.documentation + "\n\n";
  text += "Parameters:\n";
  for (const model::Parameter& parameter : experiment.parameters) {
    const model::Symbol& symbol = experiment.scope[parameter.symbol];
    const std::string value = value_of(session, parameter, symbol.name, description);
    text += fmt::format("  {}{}{}\n", symbol.name, value.empty() ? "" : " = ",
                        value.empty() ? " (required)" : value);
    if (!parameter.documentation.empty())
      text += fmt::format("      {}\n", parameter.documentation);
    text += fmt::format("      {}{}\n", describe_type(symbol.type),
                        remark_of(symbol.name, description));
  }
  return text;
}

}  // namespace bouton::launch
