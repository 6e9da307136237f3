// Rule: every (stream, element, counter) is drawn at most once: one draw per stream and schedule,
// elements that tell all elements of the space apart, and a counter that is the step or an ordinal
// which the same kernel moves on.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/plan/effects.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

bool is_draw(const Op& op) { return op.code == OpCode::Word || op.code == OpCode::WordPair; }

StreamId stream_of(const Op& op) { return std::get<StreamAttribute>(op.attribute).stream; }

// All axes whose index goes into a value.
void collect_axes(const Kernel& kernel, ValueId value, std::set<AxisId>& axes) {
  const Op& op = kernel.body[value.value];
  if (op.code == OpCode::AxisIndex) axes.insert(std::get<AxisAttribute>(op.attribute).axis);
  if (op.code == OpCode::PostIndex || op.code == OpCode::PreIndex)
    axes.insert(kernel.space.begin(), kernel.space.end());
  for (const ValueId operand : op.in) collect_axes(kernel, operand, axes);
}

bool loads(const Kernel& kernel, ValueId value, ColumnId column) {
  const Op& op = kernel.body[value.value];
  if (op.code != OpCode::Load) return false;
  return kernel.reads[std::get<AccessAttribute>(op.attribute).slot].what == Operand{column};
}

bool is_one(const Op& op) {
  const auto* constant = std::get_if<ConstantAttribute>(&op.attribute);
  const auto* value = constant ? std::get_if<std::int64_t>(&constant->value) : nullptr;
  return value != nullptr && *value == 1;
}

// The ordinal itself, or the next one.
bool counts_ordinal(const Kernel& kernel, ValueId value, ColumnId ordinal) {
  if (loads(kernel, value, ordinal)) return true;
  const Op& op = kernel.body[value.value];
  return op.code == OpCode::AddInt && loads(kernel, op.in[0], ordinal) &&
         is_one(kernel.body[op.in[1].value]);
}

void verify_counter(const Plan& plan, KernelId id, const Op& draw, Messages& messages) {
  const Kernel& kernel = plan.kernels[id];
  const Stream& stream = plan.streams[stream_of(draw)];
  const std::string where = fmt::format("{} draws from {}", print(id), print(stream_of(draw)));
  if (stream.key == Stream::Key::Step) {
    if (kernel.body[draw.in[1].value].code != OpCode::Step)
      messages.push_back(where + " at something else than the step");
    return;
  }
  if (!stream.ordinal || !counts_ordinal(kernel, draw.in[1], *stream.ordinal))
    messages.push_back(where + " at something else than its ordinal or the next one");
}

void verify_element(const Plan& plan, KernelId id, const Op& draw, Messages& messages) {
  std::set<AxisId> axes;
  collect_axes(plan.kernels[id], draw.in[0], axes);
  for (const AxisId axis : plan.kernels[id].space)
    if (!axes.contains(axis))
      messages.push_back(fmt::format("{} draws from {} for an element that does not depend on {}",
                                     print(id), print(stream_of(draw)), print(axis)));
}

void verify_schedule_draws(const Plan& plan, ScheduleId id, Messages& messages) {
  std::map<StreamId, int> draws;
  for (const KernelId kernel_id : kernels_of(plan, plan.schedules[id])) {
    const Kernel& kernel = plan.kernels[kernel_id];
    for (const Op& op : kernel.body) {
      if (!is_draw(op)) continue;
      const StreamId stream = stream_of(op);
      if (++draws[stream] == 2)
        messages.push_back(fmt::format("{} draws twice from {}", print(id), print(stream)));
      const std::optional<ColumnId> ordinal = plan.streams[stream].ordinal;
      if (ordinal && std::ranges::find(kernel.writes, *ordinal) == kernel.writes.end())
        messages.push_back(fmt::format("{} draws from {} without moving its ordinal on",
                                       print(kernel_id), print(stream)));
    }
  }
}

}  // namespace

void verify_draws(const Plan& plan, Messages& messages) {
  for (const KernelId id : plan.kernels.ids())
    for (const Op& op : plan.kernels[id].body) {
      if (!is_draw(op)) continue;
      verify_counter(plan, id, op, messages);
      verify_element(plan, id, op, messages);
    }
  for (const ScheduleId id : plan.schedules.ids()) verify_schedule_draws(plan, id, messages);
}

}  // namespace bouton::plan
