// Axes, columns, views, links and streams as text.
#include <fmt/format.h>

#include <array>

#include "compiler/base/match.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/query.h"

namespace bouton::plan {
namespace {

constexpr std::array<std::string_view, 6> kAxisKinds{"neuron",  "post",  "pre",
                                                     "synapse", "batch", "ring"};
constexpr std::array<std::string_view, 15> kRoles{
    "state",       "parameter", "constant",     "weight",    "trace-base",
    "trace-stamp", "history",   "hazard-clock", "threshold", "draw-ordinal",
    "flag",        "clock",     "accumulator",  "tape",      "scratch"};

std::string print_extents(const PrintContext& context) {
  std::string text;
  for (const ExtentId id : context.plan.extents.ids()) {
    const Extent& extent = context.plan.extents[id];
    text += fmt::format("extent {} = {}{}\n", print(id), print_host_expr(context, extent.value),
                        extent.specialise ? "" : " at run time");
  }
  return text;
}

std::string print_axes(const PrintContext& context) {
  std::string text;
  for (const AxisId id : context.plan.axes.ids()) {
    const Axis& axis = context.plan.axes[id];
    text += fmt::format("axis {}{} {} {}", print(id), remark(context, axis.name),
                        kAxisKinds[static_cast<std::size_t>(axis.kind)], print(axis.extent));
    if (axis.within) text += " within " + print(*axis.within);
    if (axis.offset) text += " from " + print(*axis.offset);
    text += "\n";
  }
  return text;
}

std::string print_owner(const Owner& owner) {
  return match(
      owner, [](const std::monostate&) { return std::string(); },
      [](const auto& id) { return " of " + print(id); });
}

std::string print_initial(const PrintContext& context, const Initial& initial) {
  return match(
      initial, [](const std::monostate&) { return std::string(); },
      [&](const HostExpr& value) { return " initially " + print_host_expr(context, value); },
      [](const InitialKernel& initialise) { return " initially by " + print(initialise.kernel); });
}

std::string print_columns(const PrintContext& context) {
  std::string text;
  for (const ColumnId id : context.plan.columns.ids()) {
    const Column& column = context.plan.columns[id];
    text += fmt::format("column {}{} {} [{}] {}{}", print(id), remark(context, column.name),
                        print(column.type), print_list(column.axes),
                        kRoles[static_cast<std::size_t>(column.role)],
                        column.sharing == Sharing::Shared ? " shared" : "");
    if (column.wide) text += " wide";
    if (column.positive) text += " positive";
    if (column.buffers.next) text += " with-next";
    if (column.buffers.previous) text += " with-previous";
    if (!column.dimension.dimensionless()) text += " in " + units::describe(column.dimension);
    text += print_owner(column.owner) + print_initial(context, column.initial) + "\n";
  }
  return text;
}

std::string print_views(const PrintContext& context) {
  std::string text;
  for (const ViewId id : context.plan.views.ids()) {
    const View& view = context.plan.views[id];
    text += fmt::format("view {}{} [{}] = {} * {}{}\n", print(id), remark(context, view.name),
                        print_list(view.axes), print_real(view.scale),
                        view.transposed ? "transpose " : "", print(view.of));
  }
  return text;
}

std::string print_storage(const Storage& storage) {
  return match(
      storage,
      [](const DenseStorage& dense) {
        return fmt::format("dense [{}, {}]{}", print(dense.post), print(dense.pre),
                           dense.one_to_one ? " one-to-one"
                           : dense.no_self  ? " no-self"
                                            : "");
      },
      [](const SparseStorage& sparse) {
        std::string text =
            fmt::format("sparse [{}] post {} pre {} rows {}", print(sparse.synapse),
                        print(sparse.post), print(sparse.pre), print(sparse.first_of_post));
        if (sparse.by_pre) text += " by-pre " + print(*sparse.by_pre);
        if (sparse.first_of_pre) text += " columns " + print(*sparse.first_of_pre);
        return text;
      },
      [](const OneToOneStorage& one) { return fmt::format("one-to-one [{}]", print(one.neuron)); });
}

std::string print_delay(std::string_view kind, const std::optional<ExtentId>& delay) {
  return delay ? fmt::format(" {} {}", kind, print(*delay)) : "";
}

std::string print_links(const PrintContext& context) {
  std::string text;
  for (const LinkId id : context.plan.links.ids()) {
    const Link& link = context.plan.links[id];
    text += fmt::format("link {}{} {} -> {} {}", print(id), remark(context, link.name),
                        print(link.pre), print(link.post), print_storage(link.storage));
    if (link.weight) text += " weight " + print(*link.weight);
    text += print_delay("axonal", link.axonal) + print_delay("dendritic", link.dendritic) +
            print_delay("backprop", link.backprop);
    if (link.first_seen) text += " sees spikes from " + print(*link.first_seen);
    text += "\n";
  }
  return text;
}

std::string print_networks(const PrintContext& context) {
  std::string text;
  for (const CircuitId id : context.plan.circuits.ids()) {
    const Circuit& circuit = context.plan.circuits[id];
    text += fmt::format("circuit {}{} clock {}\n", print(id), remark(context, circuit.name),
                        print(circuit.clock));
  }
  for (const PopulationId id : context.plan.populations.ids()) {
    const Population& population = context.plan.populations[id];
    text += fmt::format("population {}{} {} in {}", print(id), remark(context, population.name),
                        print(population.axis), print(population.circuit));
    for (const ColumnId state : population.states) text += " state " + print(state);
    text += '\n';
  }
  return text;
}

std::string print_packs(const PrintContext& context) {
  std::string text;
  for (const PackId id : context.plan.packs.ids()) {
    const Pack& pack = context.plan.packs[id];
    text += fmt::format("pack {} of {}", print(id), print_list(pack.populations));
    for (const auto& row : pack.rows) text += fmt::format(" [{}]", print_list(row));
    text += '\n';
  }
  return text;
}

std::string print_streams(const PrintContext& context) {
  std::string text;
  for (const StreamId id : context.plan.streams.ids()) {
    const Stream& stream = context.plan.streams[id];
    text += fmt::format("stream {}{} by {}{}\n", print(id), remark(context, stream.site),
                        stream.key == Stream::Key::Step ? "step" : "ordinal",
                        stream.ordinal ? " " + print(*stream.ordinal) : "");
  }
  return text;
}

std::string_view word_of(Fault::Kind kind) {
  switch (kind) {
    case Fault::Kind::SpikeProbability:
      return "spike probability";
    case Fault::Kind::SpikeRate:
      return "spike rate";
    case Fault::Kind::Input:
      return "input";
    case Fault::Kind::Tape:
      return "tape";
    case Fault::Kind::Duration:
      return "duration";
  }
  return "";
}

std::string print_fault(const PrintContext& context, FaultId id) {
  const Fault& fault = context.plan.faults[id];
  return fmt::format("fault {} {}{}{}\n", print(id), word_of(fault.kind),
                     remark(context, fault.owner), fault.tape ? " of " + print(*fault.tape) : "");
}

std::string print_rules(const PrintContext& context) {
  std::string text;
  for (const RuleId id : context.plan.rules.ids()) {
    const Rule& rule = context.plan.rules[id];
    text += fmt::format("rule {}{} at {}", print(id), remark(context, rule.name), print(rule.link));
    if (rule.first_seen) text += " sees spikes from " + print(*rule.first_seen);
    text += "\n";
  }
  for (const FaultId id : context.plan.faults.ids()) text += print_fault(context, id);
  return text;
}

}  // namespace

std::string print_storage_tables(const PrintContext& context) {
  return print_extents(context) + print_axes(context) + print_networks(context) +
         print_columns(context) + print_packs(context) + print_views(context) +
         print_links(context) + print_rules(context) + print_streams(context);
}

}  // namespace bouton::plan
