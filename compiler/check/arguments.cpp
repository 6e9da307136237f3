#include "compiler/check/arguments.h"

#include <fmt/format.h>

#include "compiler/check/expr.h"
#include "compiler/diagnostics/suggest.h"

namespace bouton::check {

using diagnostics::Kind;

namespace {

std::optional<std::size_t> find_parameter(std::span<const ParameterInterface> parameters,
                                          std::string_view name) {
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (parameters[i].name == name) return i;
  return std::nullopt;
}

void report_unknown(const ast::Argument& argument, std::span<const ParameterInterface> parameters,
                    std::string_view callee, Context& context) {
  std::vector<std::string> names;
  for (const ParameterInterface& parameter : parameters) names.push_back(parameter.name);
  std::string hint = diagnostics::suggest_hint(argument.name->text, names);
  if (hint.empty() && !names.empty()) hint = fmt::format("it has `{}`", fmt::join(names, "`, `"));
  context.diagnostics
      .report(Kind::UnknownArgument, argument.name->span,
              {std::string(callee), argument.name->text})
      .hint(hint);
}

std::string count_in_words(std::size_t count) {
  if (count == 0) return "no arguments";
  return count == 1 ? "one argument" : fmt::format("{} arguments", count);
}

void report_missing(const std::vector<const ast::Argument*>& given,
                    std::span<const ParameterInterface> parameters, std::string_view callee,
                    source::Span call, Context& context) {
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (!given[i] && parameters[i].required)
      context.diagnostics
          .report(Kind::MissingArgument, call, {std::string(callee), parameters[i].name})
          .other(parameters[i].span, "declared here, without a default");
}

}  // namespace

std::vector<const ast::Argument*> match_arguments(const std::vector<ast::Argument>& arguments,
                                                  std::span<const ParameterInterface> parameters,
                                                  std::string_view callee, source::Span call,
                                                  Context& context) {
  std::vector<const ast::Argument*> given(parameters.size(), nullptr);
  std::size_t positional = 0;
  bool named_seen = false;
  bool all_known = true;
  for (const ast::Argument& argument : arguments) {
    named_seen = named_seen || argument.name;
    if (!argument.name && named_seen) {
      context.diagnostics.report(Kind::PositionalAfterNamed, argument.span);
      return given;
    }
    const auto place = argument.name ? find_parameter(parameters, argument.name->text)
                                     : std::optional<std::size_t>(positional++);
    if (!place) {
      report_unknown(argument, parameters, callee, context);
      all_known = false;
    } else if (*place >= parameters.size()) {
      context.diagnostics.report(Kind::TooManyArguments, argument.span,
                                 {std::string(callee), count_in_words(parameters.size()),
                                  std::to_string(arguments.size())});
      break;
    } else if (given[*place]) {
      context.diagnostics.report(Kind::DuplicateArgument, argument.span, {parameters[*place].name})
          .other(given[*place]->span, "given here before");
    } else {
      given[*place] = &argument;
    }
  }
  // A misspelt argument is not missing, too.
  if (all_known) report_missing(given, parameters, callee, call, context);
  return given;
}

std::vector<model::Argument> check_arguments(const ast::Instantiation& use,
                                             std::span<const ParameterInterface> parameters,
                                             std::string_view callee, Context& context) {
  const auto given = match_arguments(use.arguments, parameters, callee, use.span, context);
  std::vector<model::Argument> arguments;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (!given[i]) continue;
    const std::string what = fmt::format("`{}` of {}", parameters[i].name, callee);
    Typed value = check_as(given[i]->value, parameters[i].type, what, context);
    arguments.push_back({parameters[i].symbol, std::move(value.expr)});
  }
  return arguments;
}

std::vector<ParameterInterface> instantiate_parameters(
    std::span<const ParameterInterface> parameters, Instance& instance) {
  std::vector<ParameterInterface> copies(parameters.begin(), parameters.end());
  for (ParameterInterface& parameter : copies)
    parameter.type = instantiate(parameter.type, instance);
  return copies;
}

}  // namespace bouton::check
