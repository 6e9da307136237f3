#include "compiler/explain/words.h"

#include <fmt/format.h>

#include <array>

#include "compiler/base/match.h"
#include "compiler/plan/effects.h"
#include "compiler/plan/query.h"
#include "compiler/source/brief.h"

namespace bouton::explain {

namespace {

std::string owner_of(const Subject& subject, const plan::Kernel& kernel) {
  for (const plan::ColumnId column : kernel.writes)
    if (const auto* link = std::get_if<plan::LinkId>(&subject.plan.columns[column].owner))
      return short_name(subject, subject.plan.links[*link].name);
  if (kernel.link) return short_name(subject, subject.plan.links[*kernel.link].name);
  return kernel.space.empty() ? "" : axis_name(subject, kernel.space.front());
}

std::string owner_of_column(const Subject& subject, plan::ColumnId column) {
  const auto& axes = subject.plan.columns[column].axes;
  return axes.empty() ? "" : axis_name(subject, axes.front());
}

}  // namespace

std::string short_name(const Subject& subject, std::string_view qualified) {
  const std::string prefix = subject.plan.name + "/";
  if (qualified.starts_with(prefix)) qualified.remove_prefix(prefix.size());
  return std::string(qualified);
}

std::string rule_name(const Subject& subject, plan::RuleId rule) {
  const plan::Rule& known = subject.plan.rules[rule];
  return short_name(subject, subject.plan.links[known.link].name) + "." + known.name;
}

std::string axis_name(const Subject& subject, plan::AxisId axis) {
  const plan::AxisId whole = subject.plan.axes[axis].within.value_or(axis);
  for (const plan::Population& population : subject.plan.populations)
    if (population.axis == whole) return short_name(subject, population.name);
  return short_name(subject, subject.plan.axes[axis].name);
}

const elaborate::Population* source_of(const Subject& subject, plan::PopulationId population) {
  for (const elaborate::Population& source : subject.network.populations)
    if (source.name == subject.plan.populations[population].name) return &source;
  return nullptr;
}

const elaborate::Projection* source_of(const Subject& subject, plan::LinkId link) {
  for (const elaborate::Projection& source : subject.network.projections)
    if (source.name == subject.plan.links[link].name) return &source;
  return nullptr;
}

const elaborate::RuleInstance* instance_of(const Subject& subject, plan::RuleId rule) {
  const elaborate::Projection* projection = source_of(subject, subject.plan.rules[rule].link);
  if (projection == nullptr) return nullptr;
  for (const elaborate::RuleInstance& instance : projection->rules)
    if (instance.name == subject.plan.rules[rule].name) return &instance;
  return nullptr;
}

std::string place_of(const Subject& subject, source::Span span) {
  return source::print_place(subject.sources, span);
}

std::string excerpt(const Subject& subject, source::Span span) {
  return source::print_excerpt(subject.sources, span);
}

std::string print_bytes(std::int64_t bytes) {
  constexpr std::array<const char*, 4> kUnits{"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return fmt::format("{} B", bytes);
  double size = static_cast<double>(bytes) / 1024.0;
  std::size_t unit = 0;
  for (; size >= 1024.0 && unit + 1 < kUnits.size(); ++unit) size /= 1024.0;
  return fmt::format("{:.1f} {}", size, kUnits[unit]);
}

std::string count(std::int64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::optional<plan::RuleId> rule_of(const plan::Plan& plan, const plan::Item& item) {
  if (item.rule) return item.rule;
  if (const auto* handler = std::get_if<plan::HandlerId>(&item.what))
    if (plan.handlers[*handler].rule) return plan.handlers[*handler].rule;
  const plan::Kernel* kernel = kernel_of(plan, item);
  if (kernel == nullptr) return std::nullopt;
  for (const plan::ColumnId column : kernel->writes)
    if (const auto* rule = std::get_if<plan::RuleId>(&plan.columns[column].owner)) return *rule;
  return std::nullopt;
}

const plan::Kernel* kernel_of(const plan::Plan& plan, const plan::Item& item) {
  if (const auto* kernel = std::get_if<plan::KernelId>(&item.what)) return &plan.kernels[*kernel];
  if (const auto* handler = std::get_if<plan::HandlerId>(&item.what))
    return &plan.kernels[plan.handlers[*handler].body];
  return nullptr;
}

std::string owner_of(const Subject& subject, const plan::Item& item) {
  const plan::Plan& plan = subject.plan;
  if (const auto rule = rule_of(plan, item)) return rule_name(subject, *rule);
  return match(
      item.what, [&](plan::KernelId id) { return owner_of(subject, plan.kernels[id]); },
      [&](plan::DenseId id) {
        return owner_of_column(subject, plan::column_behind(plan, plan.denses[id].y));
      },
      [&](plan::MovingAverageId id) {
        return owner_of_column(subject, plan.moving_averages[id].mean);
      },
      [&](plan::HandlerId id) { return owner_of(subject, plan.kernels[plan.handlers[id].body]); },
      [&](plan::ObserverId) { return std::string(); },
      [&](const plan::Push& push) {
        return axis_name(subject, plan.events[plan.histories[push.history].of].axis);
      });
}

}  // namespace bouton::explain
