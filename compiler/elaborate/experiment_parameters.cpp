#include "compiler/elaborate/experiment_parameters.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "compiler/diagnostics/suggest.h"
#include "compiler/units/coherent_unit.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;
using runtime::Value;

const model::Parameter* find_parameter(const Builder& builder, const std::string& name) {
  const auto& parameters = builder.experiment.parameters;
  const auto found = std::ranges::find_if(parameters, [&](const model::Parameter& parameter) {
    return builder.experiment.scope[parameter.symbol].name == name;
  });
  return found == parameters.end() ? nullptr : &*found;
}

void report_unknown(const ParameterSetting& setting, Builder& builder) {
  const bool written = setting.name_span.begin != setting.name_span.end;
  std::vector<std::string> names;
  for (const model::Parameter& parameter : builder.experiment.parameters)
    names.push_back(builder.experiment.scope[parameter.symbol].name);
  builder.diagnostics
      .report(Kind::UnknownParameter, written ? setting.name_span : setting.span,
              {"experiment `" + builder.experiment.name + "`", setting.name})
      .other(builder.experiment.span, "declared here")
      .hint(diagnostics::suggest_or_list(setting.name, names));
}

bool is_nan(const Value& value) {
  const auto* tensor = value.as<runtime::Tensor>();
  return tensor != nullptr &&
         std::ranges::any_of(tensor->data(), [](double number) { return std::isnan(number); });
}

bool is_zero(const Value& value) { return value == Value(0.0); }

bool kind_fits(const model::Type& type, const Value& value) {
  switch (type.kind) {
    case model::Kind::Text:
      return value.as<std::string>() != nullptr;
    case model::Kind::Boolean:
      return value.as<bool>() != nullptr;
    case model::Kind::Real:
    case model::Kind::Steps: {
      const auto* tensor = value.as<runtime::Tensor>();
      if (tensor == nullptr) return false;
      return !type.rank || static_cast<std::size_t>(*type.rank) == tensor->rank();
    }
    default:
      return true;
  }
}

std::string words_of(units::Dimension dimension) {
  if (dimension.dimensionless()) return "a number without dimension";
  const std::string name = units::describe(dimension);
  const bool is_word = name.find_first_of("/*^(") == std::string::npos;
  return (is_word ? "a " : "a value of dimension ") + name;
}

std::string describe_declared(const model::Type& type) {
  const bool is_number = type.kind == model::Kind::Real && type.rank == 0;
  return is_number ? words_of(type.dimension) : model::describe(type);
}

std::string describe_given(const ParameterSetting& setting) {
  if (!setting.value.as<runtime::Tensor>()) return runtime::describe(setting.value);
  if (setting.value.as<runtime::Tensor>()->rank() == 0) return words_of(setting.dimension);
  const std::string value = runtime::describe(setting.value);
  return setting.dimension.dimensionless()
             ? value
             : value + " (" + units::describe(setting.dimension) + ")";
}

// A plain number for a quantity.
std::string hint_of_unit(const ParameterSetting& setting, const model::Type& type) {
  const auto* tensor = setting.value.as<runtime::Tensor>();
  const bool plain = tensor != nullptr && tensor->is_scalar() && setting.dimension.dimensionless();
  if (!plain || type.kind != model::Kind::Real || type.dimension.dimensionless()) return "";
  return "a quantity needs its unit, such as `--param " + setting.name + "='" +
         units::print_quantity(tensor->scalar(), type.dimension) + "'`";
}

void bind_setting(const ParameterSetting& setting, const model::Parameter& parameter,
                  Builder& builder) {
  const model::Symbol& symbol = builder.experiment.scope[parameter.symbol];
  const bool unit_fits = symbol.type.generic || !setting.value.as<runtime::Tensor>() ||
                         symbol.type.dimension == setting.dimension || is_zero(setting.value);
  if (!kind_fits(symbol.type, setting.value) || !unit_fits) {
    builder.diagnostics
        .report(Kind::WrongParameterUnit, setting.span,
                {setting.name, describe_declared(symbol.type), describe_given(setting)})
        .other(symbol.span, "declared here")
        .hint(hint_of_unit(setting, symbol.type));
  } else if (is_nan(setting.value)) {
    builder.diagnostics.report(Kind::NotANumber, setting.span, {setting.name})
        .other(symbol.span, "declared here");
  } else {
    builder.network.parameters[parameter.symbol] = setting.value;
    builder.environment.values[parameter.symbol.value] = setting.value;
  }
}

void bind_settings(const Options& options, Builder& builder) {
  std::map<std::string, source::Span> given;
  for (const ParameterSetting& setting : options.parameters) {
    const model::Parameter* parameter = find_parameter(builder, setting.name);
    if (parameter == nullptr) {
      report_unknown(setting, builder);
    } else if (const auto [first, fresh] = given.emplace(setting.name, setting.span); !fresh) {
      builder.diagnostics.report(Kind::ParameterGivenTwice, setting.span, {setting.name})
          .other(first->second, "given here before");
    } else {
      bind_setting(setting, *parameter, builder);
    }
  }
}

void bind_default(const model::Parameter& parameter, Builder& builder) {
  const model::Symbol& symbol = builder.experiment.scope[parameter.symbol];
  if (!parameter.default_value) {
    builder.diagnostics.report(Kind::MissingParameter, symbol.span, {symbol.name})
        .hint("give it with `--param " + symbol.name + "=…`");
    return;
  }
  const auto value = evaluate(*parameter.default_value, builder.environment);
  if (!value) return builder.report(value.problem());
  builder.network.parameters[parameter.symbol] = *value;
  builder.environment.values[parameter.symbol.value] = *value;
}

}  // namespace

void bind_experiment_parameters(const Options& options, Builder& builder) {
  bind_settings(options, builder);
  if (builder.failed()) return;
  for (const model::Parameter& parameter : builder.experiment.parameters)
    if (!builder.network.parameters.contains(parameter.symbol)) bind_default(parameter, builder);
}

}  // namespace bouton::elaborate
