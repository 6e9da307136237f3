#include "tests/support/programs/hunt.h"

#include <fmt/format.h>

#include <cstdlib>

#include "tests/support/programs/program.h"
#include "tests/support/programs/shrink.h"
#include "tests/support/programs/trial.h"

namespace bouton::fuzz {

namespace {

constexpr int kAttempts = 1000;

// One lane and no optimisation, if the bug is seen there as well.
TrialOptions simpler_options(const std::string& text, const TrialOptions& options,
                             const Verdict& verdict) {
  for (const TrialOptions& simpler :
       {TrialOptions{1, 1, 0, options.seed}, TrialOptions{1, options.width, 0, options.seed},
        TrialOptions{options.lanes, options.width, 0, options.seed}})
    if (try_program(text, simpler).kind == verdict.kind) return simpler;
  return options;
}

std::string report_bug(std::uint64_t seed, const std::string& text, const TrialOptions& options,
                       const Verdict& verdict) {
  const TrialOptions quick = simpler_options(text, options, verdict);
  const auto attempt = [&](const std::string& smaller) { return try_program(smaller, quick); };
  const std::string smallest = shrink_program(text, attempt, kAttempts);
  return fmt::format("program {} ({}): {}\n{}\nsmallest program ({}):\n{}\nthere:\n{}\n", seed,
                     describe(options), verdict.message, verdict.details, describe(quick), smallest,
                     attempt(smallest).details);
}

// Refused before anything runs; the generator cannot know all of it beforehand.
bool is_expected(const std::string& message) {
  return message == "unlowered" || message == "not-elaborated";
}

void try_one(std::uint64_t seed, Catch& caught) {
  const std::string text = make_program(seed);
  Random random(seed ^ 0x5eedU);
  const TrialOptions options = any_options(random);
  const Verdict verdict = try_program(text, options);
  ++caught.tried;
  caught.failed += verdict.failed_run ? 1 : 0;
  if (verdict.is_bug()) caught.bugs.push_back(report_bug(seed, text, options, verdict));
  if (verdict.kind != Verdict::Kind::Rejected) return;
  ++caught.refused[verdict.headline];
  if (!is_expected(verdict.message))
    caught.unexpected.push_back(fmt::format("program {}:\n{}\n{}", seed, verdict.details, text));
}

long from_environment(const char* name, long otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtol(text, nullptr, 10);
}

}  // namespace

Hunt as_asked(Hunt otherwise) {
  return {static_cast<std::uint64_t>(
              from_environment("BOUTON_FUZZ_SEED", static_cast<long>(otherwise.first))),
          static_cast<int>(from_environment("BOUTON_FUZZ_COUNT", otherwise.count))};
}

int Catch::refusals() const {
  int sum = 0;
  for (const auto& [headline, times] : refused) sum += times;
  return sum;
}

Catch hunt(const Hunt& hunt) {
  Catch caught;
  for (int number = 0; number < hunt.count; ++number)
    try_one(hunt.first + static_cast<std::uint64_t>(number), caught);
  return caught;
}

std::string summary(const Catch& caught) {
  std::string text = fmt::format("{} programs, {} failed while running, {} refused\n", caught.tried,
                                 caught.failed, caught.refusals());
  for (const auto& [headline, times] : caught.refused)
    text += fmt::format("  {}:{}\n", times, headline);
  return text;
}

}  // namespace bouton::fuzz
