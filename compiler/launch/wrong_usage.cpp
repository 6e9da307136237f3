#include "compiler/launch/wrong_usage.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

#include "compiler/diagnostics/suggest.h"

namespace bouton::launch {

namespace {

struct Failure {
  std::string message;
  std::string hint;
};

const CLI::App& command_of(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? app : *commands.front();
}

std::string hint_of_help(const CLI::App& app) {
  const CLI::App& command = command_of(app);
  const std::string name = &command == &app ? "" : " " + command.get_name();
  return fmt::format("`{}{} --help` says what it takes", app.get_name(), name);
}

std::string lower_first(std::string text) {
  const bool word = text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0;
  if (word) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

// What nothing takes, an option before anything else.
std::optional<Failure> describe_extra(const CLI::App& app) {
  const std::vector<std::string> extras = app.remaining(true);
  if (extras.empty()) return std::nullopt;
  const auto option =
      std::ranges::find_if(extras, [](const std::string& word) { return word.starts_with('-'); });
  if (option == extras.end())
    return Failure{fmt::format("`{}` is one argument too many", extras.front()), hint_of_help(app)};
  const std::string word = option->substr(0, option->find('='));
  const std::string meant = diagnostics::suggest_hint(word, options_of(command_of(app)));
  return Failure{fmt::format("there is no option `{}`", word),
                 meant.empty() ? hint_of_help(app) : meant};
}

Failure describe_required(const CLI::App& app, const std::string& message) {
  constexpr std::string_view kEnd = " is required";
  if (message == "A subcommand is required") return {"a command is missing", hint_of_help(app)};
  if (!message.ends_with(kEnd)) return {lower_first(message), hint_of_help(app)};
  return {fmt::format("`{}` is missing", message.substr(0, message.size() - kEnd.size())),
          hint_of_help(app)};
}

// `--seeds: Value 0 not in range 1 to 5`
Failure describe_value(const CLI::App& app, const std::string& message) {
  const std::size_t colon = message.find(": ");
  if (!message.starts_with('-') || colon == std::string::npos)
    return {lower_first(message), hint_of_help(app)};
  return {fmt::format("`{}`: {}", message.substr(0, colon), lower_first(message.substr(colon + 2))),
          hint_of_help(app)};
}

// `--interpret excludes --width`
std::optional<Failure> describe_pair(const CLI::App& app, const std::string& message) {
  constexpr std::string_view kBetween = " excludes ";
  const std::size_t between = message.find(kBetween);
  if (between == std::string::npos) return std::nullopt;
  return Failure{fmt::format("`{}` and `{}` do not go together", message.substr(0, between),
                             message.substr(between + kBetween.size())),
                 hint_of_help(app)};
}

Failure describe(const CLI::App& app, const CLI::Error& error) {
  const std::string message = error.what();
  const bool required = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
  const bool extra = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
  if (required || extra)
    if (auto failure = describe_extra(app)) return *std::move(failure);
  if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr)
    if (auto failure = describe_pair(app, message)) return *std::move(failure);
  return required ? describe_required(app, message) : describe_value(app, message);
}

}  // namespace

std::string describe_wrong_usage(const CLI::App* app, const CLI::Error& error) {
  const Failure failure = describe(*app, error);
  return fmt::format("error: {}\n = hint: {}\n", failure.message, failure.hint);
}

}  // namespace bouton::launch
