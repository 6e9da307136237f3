#include "compiler/explain/cost_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/explain/words.h"

namespace bouton::explain {

namespace {

std::string changing(const Subject& subject, const Work& work) {
  std::vector<std::string> names;
  for (const plan::ColumnId id : work.changing)
    names.push_back(short_name(subject, subject.plan.columns[id].name));
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string moment_of(const Subject& subject, const Work& work) {
  switch (work.when) {
    case Work::When::Step:
      return "each step";
    case Work::When::Change:
    case Work::When::LookUp:
      return "each change of " + changing(subject, work);
    case Work::When::Pattern:
      return "each pattern of " + changing(subject, work);
    case Work::When::Leap:
      return "each leap";
  }
  BOUTON_UNREACHABLE("when a work is done");
}

std::string cause_of(const Subject& subject, const Work& work) {
  if (!work.at) return moment_of(subject, work);
  if (work.role == Work::Role::Presynaptic) return "each presynaptic spike";
  if (work.role == Work::Role::Postsynaptic) return "each postsynaptic spike";
  return "each spike of " + axis_name(subject, subject.plan.events[*work.at].axis);
}

std::string times_of(const Subject& subject, const Work& work) {
  const plan::Kernel* kernel = kernel_of(subject.plan, work.item);
  if (work.when == Work::When::LookUp) return count(work.elements, "number");
  const bool synapses = kernel != nullptr && kernel->link.has_value();
  const std::string elements = count(work.elements, synapses ? "synapse" : "neuron");
  if (work.pairs == 0) return elements;
  return fmt::format("{}, {} at each", elements, count(work.pairs, "pair"));
}

std::string what_of(const Subject& subject, const Work& work) {
  if (std::holds_alternative<plan::Push>(work.item.what)) return "history";
  if (work.when == Work::When::LookUp) return "from a table";
  const plan::Kernel* kernel = kernel_of(subject.plan, work.item);
  return kernel == nullptr ? "" : kernel->name;
}

std::vector<std::string> with_figures(std::vector<std::string> cells, const Cost& cost) {
  for (const std::int64_t number : {cost.arithmetic, cost.math, cost.other, cost.random})
    cells.push_back(fmt::format("{}", number));
  cells.push_back(print_bytes(cost.read));
  cells.push_back(print_bytes(cost.written));
  return cells;
}

}  // namespace

CostTable::Group& CostTable::group(const std::string& cause) {
  const auto known = std::ranges::find(groups_, cause, &Group::cause);
  if (known != groups_.end()) return *known;
  groups_.push_back({cause, {}});
  return groups_.back();
}

void CostTable::add(const Work& work) {
  group(cause_of(subject_, work))
      .rows.push_back(
          {{owner_of(subject_, work.item), what_of(subject_, work), times_of(subject_, work)},
           work.total});
}

std::string CostTable::print(std::size_t indent) const {
  using Align = TextTable::Align;
  TextTable table({Align::Left, Align::Left, Align::Left, Align::Left, Align::Right, Align::Right,
                   Align::Right, Align::Right, Align::Right, Align::Right});
  table.add({"", "", "", "", "arithmetic", "math calls", "other", "random", "read", "written"});
  for (const Group& group : groups_) {
    std::string cause = group.cause;
    Cost sum;
    for (const auto& [names, cost] : group.rows) {
      std::vector<std::string> cells{std::exchange(cause, "")};
      cells.insert(cells.end(), names.begin(), names.end());
      table.add(with_figures(std::move(cells), cost));
      sum += cost;
    }
    if (group.rows.size() > 1) table.add(with_figures({"", "together", "", ""}, sum));
  }
  return table.print(indent);
}

void add_origin(TextTable& table, const Subject& subject, const plan::Origin& origin) {
  table.add({origin.what, excerpt(subject, origin.span), place_of(subject, origin.span)});
  const bool has_cause = origin.cause.end > origin.cause.begin;
  if (!origin.method.empty())
    table.add_note(origin.method +
                   (has_cause ? fmt::format(" (`{}` at {})", excerpt(subject, origin.cause),
                                            place_of(subject, origin.cause))
                              : ""));
}

}  // namespace bouton::explain
