#include "compiler/explain/storage.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/explain/cost.h"
#include "compiler/explain/words.h"
#include "compiler/explain/work.h"
#include "compiler/units/unit.h"

namespace bouton::explain {

namespace {

using plan::Axis;
using plan::Role;

bool is_ring(const plan::Plan& plan, const plan::Column& column) {
  return !column.axes.empty() && plan.axes[column.axes.back()].kind == Axis::Kind::Ring;
}

std::string noun_of(const plan::Plan& plan, const plan::Column& column) {
  switch (column.role) {
    case Role::TraceStamp:
      return "step of the last jump";
    case Role::HazardClock:
      return "hazard clock";
    case Role::Threshold:
      return "random threshold";
    case Role::DrawOrdinal:
      return "count of draws";
    case Role::History:
      if (!is_ring(plan, column)) return "count of spikes";
      return column.type == plan::kI64 ? "spike step" : "sample";
    default:
      break;
  }
  if (column.type == plan::kBool) return "truth value";
  return column.type.scalar == plan::Scalar::I64 ? "whole number" : "number";
}

std::string print_extents(const plan::Plan& plan, const plan::Column& column) {
  std::vector<std::int64_t> lengths;
  for (const plan::AxisId axis : column.axes) lengths.push_back(length_of(plan, axis));
  return fmt::format("{}", fmt::join(lengths, " x "));
}

// Whose elements the axes number, a ring left out.
std::string print_owner(const Subject& subject, const plan::Column& column) {
  const plan::Plan& plan = subject.plan;
  if (column.axes.empty()) return "";
  const plan::AxisId axis = column.axes.front();
  switch (plan.axes[axis].kind) {
    case Axis::Kind::Synapse:
    case Axis::Kind::Post:
      return " per synapse";
    case Axis::Kind::Pre:
    case Axis::Kind::Neuron:
      return " per neuron of " + axis_name(subject, axis);
    case Axis::Kind::Batch:
    case Axis::Kind::Ring:
      return "";
  }
  BOUTON_UNREACHABLE("kind of axis");
}

std::string buffer_words(const plan::Column& column) {
  std::string words;
  if (column.buffers.next) words += "; twice, as it is read while the next is computed";
  if (column.buffers.previous) words += "; twice, as `prev` reads the step before";
  return words;
}

std::string reason_of(const plan::Column& column) {
  std::string reason = column.reason;
  if (reason.empty() && column.role == Role::Weight) reason = "each synapse has its own weight";
  if (reason.empty() && column.role == Role::Scratch) reason = "from one kernel to the next";
  if (column.sharing == plan::Sharing::Shared) reason += "; one for all replicas";
  reason += buffer_words(column);
  return reason.starts_with("; ") ? reason.substr(2) : reason;
}

}  // namespace

std::int64_t memory_of(const plan::Plan& plan, const plan::Column& column) {
  if (column.role == Role::Tape) return 0;
  const int copies = 1 + (column.buffers.next ? 1 : 0) + (column.buffers.previous ? 1 : 0);
  return copies * elements_of(plan, column) * bytes_of(plan, column.type);
}

std::string print_place(const Subject& subject, const plan::Column& column) {
  if (is_ring(subject.plan, column))
    return fmt::format("the last {} {}s{}", length_of(subject.plan, column.axes.back()),
                       noun_of(subject.plan, column), print_owner(subject, column));
  return fmt::format("one {}{}", noun_of(subject.plan, column), print_owner(subject, column));
}

TextTable storage_of(const Subject& subject, const plan::Owner& owner) {
  using Align = TextTable::Align;
  TextTable table({Align::Left, Align::Left, Align::Left, Align::Right, Align::Left});
  for (const plan::Column& column : subject.plan.columns) {
    if (column.owner != owner) continue;
    table.add({short_name(subject, column.name), print_place(subject, column),
               print_extents(subject.plan, column), print_bytes(memory_of(subject.plan, column)),
               reason_of(column)});
  }
  return table;
}

std::string print_value(const model::Symbol& symbol, const runtime::Tensor& value) {
  const std::string number = fmt::format("{}", value.scalar());
  const auto units = units::units();
  const auto unit = std::ranges::find_if(units, [&](const units::Unit& candidate) {
    return candidate.multiplier == 1 && candidate.power_of_ten == 0 &&
           candidate.dimension == symbol.type.dimension;
  });
  return unit == units.end() ? number : fmt::format("{} {}", number, unit->name);
}

}  // namespace bouton::explain
