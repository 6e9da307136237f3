#include "compiler/standalone/fixed_parameters.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/launch/parameters.h"

namespace bouton::standalone {

namespace {

std::string name_in(const std::string& setting) { return setting.substr(0, setting.find('=')); }

// As a shell takes it.
std::string quoted(const std::string& word) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_=.-/,+").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::ranges::all_of(word, is_plain)) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

// The command that built this executable, with these parameters.
std::string build_command(const launch::Description& description,
                          const std::vector<std::string>& parameters) {
  std::string command =
      fmt::format("bouton build {} {}", quoted(description.file), quoted(description.experiment));
  for (const std::string& setting : parameters) command += " --param " + quoted(setting);
  if (description.precision == elaborate::Precision::Single) command += " --precision=single";
  return command + fmt::format(" --cpu={}", quoted(description.cpu));
}

class Search {
 public:
  Search(const model::Program& program, model::ExperimentId experiment,
         const launch::Settings& given, const launch::Description& description)
      : program_(program), experiment_(experiment), given_(given), description_(description) {}

  // With these alone beside the settings of build time.
  [[nodiscard]] bool needs_other_code(const std::vector<std::string>& set) const {
    launch::Session unheard;
    const launch::Settings settings{merge_settings(description_.parameters, set), given_.seed,
                                    description_.precision, given_.directory};
    const auto network = launch::bind(unheard, program_, experiment_, settings);
    const auto plan = network ? launch::plan_of(unheard, *network) : std::nullopt;
    return plan && !launch::find_variant(description_, *plan);
  }

 private:
  const model::Program& program_;
  model::ExperimentId experiment_;
  const launch::Settings& given_;
  const launch::Description& description_;
};

void report_fixed(launch::Session& session, const std::string& setting,
                  const launch::Description& description) {
  const auto read = launch::read_parameters(session, {setting});
  const source::Span span = read ? read->front().span : source::Span{};
  session.diagnostics
      .report(diagnostics::Kind::RunFailed, span,
              {fmt::format("parameter `{}` is fixed in this executable", name_in(setting))})
      .hint(fmt::format(
          "build it with `{}`",
          build_command(description, merge_settings(description.parameters, {setting}))));
}

}  // namespace

std::vector<std::string> merge_settings(const std::vector<std::string>& built,
                                        const std::vector<std::string>& given) {
  std::vector<std::string> merged;
  for (const std::string& setting : built)
    if (std::ranges::find(given, name_in(setting), name_in) == given.end())
      merged.push_back(setting);
  merged.insert(merged.end(), given.begin(), given.end());
  return merged;
}

void report_fixed_parameters(launch::Session& session, const model::Program& program,
                             model::ExperimentId experiment, const launch::Settings& given,
                             const launch::Description& description) {
  const Search search(program, experiment, given, description);
  if (search.needs_other_code({})) {
    session.diagnostics
        .report(diagnostics::Kind::RunFailed, {},
                {"what the program reads from files differs from when this executable was built"})
        .hint(fmt::format("build it anew with `{}`",
                          build_command(description, description.parameters)));
    return;
  }
  std::vector<std::string> fixed;
  std::ranges::copy_if(given.parameters, std::back_inserter(fixed),
                       [&](const auto& setting) { return search.needs_other_code({setting}); });
  if (fixed.empty()) fixed = given.parameters;
  for (const std::string& setting : fixed) report_fixed(session, setting, description);
}

}  // namespace bouton::standalone
