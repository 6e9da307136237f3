// How the steps of a run follow each other, and which of them compute less.
#include <fmt/format.h>

#include "compiler/explain/sections.h"
#include "compiler/explain/table.h"
#include "compiler/explain/words.h"
#include "compiler/plan/quiet.h"

namespace bouton::explain {

namespace {

constexpr int kLanes = 8;

std::string print_advance(const Subject& subject, const plan::Schedule& schedule) {
  if (const auto changes = plan::find_what_changes(subject.plan, schedule))
    return fmt::format(
        "  pace: every step is executed, whatever `--plan` says: {} may change in each\n",
        short_name(subject, *changes));
  const auto* ordered = plan::find_observer_in_order(subject.plan, schedule);
  const std::string in_lanes =
      ordered == nullptr
          ? "in lanes each replica leaps by itself"
          : fmt::format(
                "replicas in lanes execute every step, as {} is recorded in the order of steps",
                ordered->name);
  return fmt::format(
      "  pace: quiet steps are leapt over where that pays (`--plan=auto`), always (`skip`) or "
      "never\n"
      "      (`step`), with the same results; {}\n",
      in_lanes);
}

std::string print_table(const Subject& subject, const Table& table) {
  const std::string patterns =
      fmt::format("2^{} patterns of {}", table.inputs,
                  short_name(subject, subject.plan.columns[table.group.inputs].name));
  if (table.too_large(1))
    return fmt::format("  no table: {}, {} each, are too many\n", patterns,
                       count(table.numbers(1), "number"));
  const std::string lanes = table.too_large(kLanes)
                                ? "none in lanes"
                                : fmt::format("{} in lanes", print_bytes(table.bytes(kLanes)));
  return fmt::format("  table: {}, {} each: {}, {}; for runs of {} steps or more\n", patterns,
                     count(table.numbers(1), "number"), print_bytes(table.bytes(1)), lanes,
                     plan::kLeastStepsPerState << table.inputs);
}

}  // namespace

std::string print_pace(const Subject& subject, const plan::Schedule& schedule) {
  std::string text = print_advance(subject, schedule);
  for (const Table& table : candidates_of(subject.plan, schedule))
    text += print_table(subject, table);
  return text;
}

}  // namespace bouton::explain
