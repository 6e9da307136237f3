// The step order of every kind of run.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/base/text_table.h"
#include "compiler/explain/sections.h"
#include "compiler/explain/words.h"
#include "compiler/explain/work.h"
#include "compiler/plan/printer.h"
#include "compiler/plan/query.h"
#include "compiler/plan/quiet.h"
#include "compiler/plan/unchanged.h"

namespace bouton::explain {

namespace {

using Kind = plan::Stage::Kind;

// What the order of stages means for what is read and written there (SEMANTICS, one step).
const char* heading_of(Kind kind) {
  switch (kind) {
    case Kind::Draw:
      return "draw: the random numbers of step k";
    case Kind::Evaluate:
      return "evaluate: values of step k, from states x(k) and weights w(k)";
    case Kind::Learn:
      return "learn: from the values above, states and traces before they jump, and w as the lines "
             "above leave it";
    case Kind::Jump:
      return "jump: the spikes of step k change states and traces";
    case Kind::Integrate:
      return "integrate: from the states after their jumps to x(k+1), all at once";
    case Kind::Constrain:
      return "constrain: once per synapse; then w(k+1) holds";
    case Kind::Observe:
      return "observe: values and spikes of step k, states and weights of step k+1";
    case Kind::Commit:
      return "keep: what `prev` reads in the next step";
  }
  BOUTON_UNREACHABLE("kind of stage");
}

class StepPrinter {
 public:
  StepPrinter(const Subject& subject, const plan::Schedule& schedule)
      : subject_(subject),
        schedule_(schedule),
        resting_(find_skippable_kernels(subject.plan, schedule)) {}

  // Without what is observed, and that alone: two kinds of run often differ in it only.
  [[nodiscard]] std::string print_stages() const {
    std::string text;
    for (const plan::Stage& stage : schedule_.stages)
      if (stage.kind != Kind::Observe) text += print(stage);
    return text + print_advance();
  }
  [[nodiscard]] std::string print_observed() const {
    std::string text;
    for (const plan::Stage& stage : schedule_.stages)
      if (stage.kind == Kind::Observe) text += print(stage);
    return text;
  }

 private:
  [[nodiscard]] std::string print_advance() const {
    const auto changes = plan::find_what_changes(subject_.plan, schedule_);
    if (!changes) return "  then: the next step in which something happens\n";
    return fmt::format("  then: the next step, since {} may change in every step\n",
                       short_name(subject_, *changes));
  }

  [[nodiscard]] std::string print(const plan::Stage& stage) const {
    using Align = TextTable::Align;
    TextTable table({Align::Left, Align::Left, Align::Left, Align::Left});
    for (const plan::Item& item : stage.items) add(table, item);
    for (const plan::ColumnId id : stage.commits)
      table.add({short_name(subject_, subject_.plan.columns[id].name)});
    return fmt::format("  {}\n{}", heading_of(stage.kind), table.print(4));
  }

  void add(TextTable& table, const plan::Item& item) const {
    if (const auto* id = std::get_if<plan::ObserverId>(&item.what)) {
      const plan::Observer& observer = subject_.plan.observers[*id];
      return table.add(
          {observer.name, excerpt(subject_, observer.span), "", place_of(subject_, observer.span)});
    }
    if (const auto* push = std::get_if<plan::Push>(&item.what)) {
      const plan::History& history = subject_.plan.histories[push->history];
      const bool late = subject_.plan.events[history.of].delay.has_value();
      table.add({owner_of(subject_, item), "history",
                 fmt::format("the step's {} join the last {}", late ? "arrivals" : "spikes",
                             depth_of(subject_.plan, history))});
      return;
    }
    if (const auto* id = std::get_if<plan::MovingAverageId>(&item.what))
      return add(table, item, subject_.plan.moving_averages[*id]);
    if (const plan::Kernel* kernel = kernel_of(subject_.plan, item)) add(table, item, *kernel);
  }

  void add(TextTable& table, const plan::Item& item, const plan::MovingAverage& average) const {
    table.add({owner_of(subject_, item), average.name, excerpt(subject_, average.span),
               place_of(subject_, average.span)});
    table.add_note("the mean of the last " +
                   plan::print(subject_.plan, subject_.plan.extents[average.length].value) +
                   " samples, this step's included");
  }

  void add(TextTable& table, const plan::Item& item, const plan::Kernel& kernel) const {
    const std::string owner = owner_of(subject_, item);
    if (kernel.origins.empty()) table.add({owner, kernel.name});
    for (const plan::Origin& origin : kernel.origins) {
      table.add(
          {owner, origin.what, excerpt(subject_, origin.span), place_of(subject_, origin.span)});
      if (!origin.timing.empty()) table.add_note(origin.timing);
    }
    for (const plan::Read& read : kernel.reads)
      if (const auto* id = std::get_if<plan::ViewId>(&read.what))
        table.add_note("w is tied: " + print_view(*id));
    if (const std::string names = previous_names(kernel); !names.empty())
      table.add_note("reads the step before: " + names);
    if (const auto* id = std::get_if<plan::KernelId>(&item.what))
      if (const auto rest = resting_.find(*id); rest != resting_.end())
        table.add_note("rests while nothing changes in " + names_of(rest->second.all()));
  }

  // In the words of the program: `-transpose(W.w)`.
  [[nodiscard]] std::string print_view(plan::ViewId id) const {
    const plan::View& view = subject_.plan.views[id];
    const std::string of = short_name(
        subject_, subject_.plan.columns[plan::column_behind(subject_.plan, view.of)].name);
    const std::string factor = view.scale == 1    ? ""
                               : view.scale == -1 ? "-"
                                                  : fmt::format("{} * ", view.scale);
    return factor + (view.transposed ? fmt::format("transpose({})", of) : of);
  }

  [[nodiscard]] std::string previous_names(const plan::Kernel& kernel) const {
    std::set<plan::ColumnId> columns;
    for (const plan::Read& read : kernel.reads)
      if (read.version == plan::Version::PreviousStep)
        columns.insert(plan::column_behind(subject_.plan, read.what));
    return names_of(columns);
  }

  [[nodiscard]] std::string names_of(const std::set<plan::ColumnId>& columns) const {
    std::vector<std::string> names;
    for (const plan::ColumnId id : columns) {
      std::string name = short_name(subject_, subject_.plan.columns[id].name);
      names.push_back(name.substr(0, name.find(" before")));
    }
    return fmt::format("{}", fmt::join(names, ", "));
  }

  const Subject& subject_;
  const plan::Schedule& schedule_;
  plan::SkippableKernels resting_;
};

std::string print_learning(const Subject& subject, const plan::Phase& phase) {
  if (subject.plan.rules.empty()) return "";
  if (phase.learning.empty()) return "; nothing learns";
  std::vector<std::string> names;
  for (const plan::RuleId id : phase.learning) names.push_back(rule_name(subject, id));
  return fmt::format("; learning: {}", fmt::join(names, ", "));
}

std::string print_silent(const Subject& subject, const plan::Phase& phase) {
  std::vector<std::string> names;
  for (const plan::LinkId id : phase.silent)
    names.push_back(short_name(subject, subject.plan.links[id].name));
  return names.empty() ? "" : fmt::format("  silent: {}\n", fmt::join(names, ", "));
}

// The values that hold while the phase lasts, each statement once.
std::string print_values(const Subject& subject, const plan::Phase& phase) {
  std::vector<std::string> changes;
  for (const plan::Override& change : phase.overrides) {
    std::string text = excerpt(subject, change.span);
    if (std::ranges::find(changes, text) == changes.end()) changes.push_back(std::move(text));
  }
  return changes.empty() ? "" : fmt::format("  while it lasts: {}\n", fmt::join(changes, "; "));
}

// `a`, or `the later of a and b`.
std::string print_lag(const Subject& subject, const plan::HostExpr& lag) {
  if (const auto* steps = std::get_if<plan::HostInteger>(&lag.node))
    return fmt::format("step {}", steps->value);
  const auto* latest = std::get_if<plan::HostCall>(&lag.node);
  if (latest == nullptr || latest->function != "max" || latest->arguments.size() != 2)
    return excerpt(subject, lag.span);
  return fmt::format("the later of {} and {}", print_lag(subject, latest->arguments[0]),
                     print_lag(subject, latest->arguments[1]));
}

std::string print_from(const Subject& subject, const plan::Segment& segment) {
  const auto* steps = std::get_if<plan::HostInteger>(&segment.from.node);
  if (steps != nullptr && steps->value == 0) return "";
  return fmt::format("  from {} of the run on:\n", print_lag(subject, segment.from));
}

// What has been printed for an earlier run is only named.
std::string print_segment(const Subject& subject, const plan::Segment& segment,
                          const std::string& name, std::map<std::string, std::string>& known) {
  const StepPrinter printer(subject, subject.plan.schedules[segment.schedule]);
  const std::string stages = printer.print_stages();
  const auto [place, is_new] = known.emplace(stages, name);
  return print_from(subject, segment) +
         (is_new ? stages : fmt::format("  the stages of {}\n", place->second)) +
         printer.print_observed();
}

}  // namespace

std::string print_phase_name(const Subject& subject, const plan::Phase& phase) {
  const std::string run = "the run at " + place_of(subject, phase.span);
  return phase.name.empty() ? run : run + " in phase " + short_name(subject, phase.name);
}

std::string print_steps(const Subject& subject) {
  std::map<std::string, std::string> known;  // stages, and the run that they were printed for
  std::string text;
  for (const plan::Phase& phase : subject.plan.phases) {
    const std::string name = print_phase_name(subject, phase);
    if (!text.empty()) text += "\n";
    text += fmt::format("one step of {}{}\n", name, print_learning(subject, phase)) +
            print_silent(subject, phase) + print_values(subject, phase);
    for (const plan::PhasePart& part : phase.parts) {
      if (phase.parts.size() > 1)
        text += fmt::format("  circuit {}\n",
                            short_name(subject, subject.plan.circuits[part.circuit].name));
      for (const plan::Segment& segment : part.segments)
        text += print_segment(subject, segment, name, known);
    }
  }
  return text;
}

}  // namespace bouton::explain
