// Kernels as text: reads, writes, one line per op.
#include <fmt/format.h>

#include <array>

#include "compiler/base/match.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/query.h"

namespace bouton::plan {
namespace {

constexpr std::array<std::string_view, 3> kVersions{"before", "current", "previous"};
constexpr std::array<std::string_view, 5> kOrders{"unspecified", "partial-sums", "exact", "minimum",
                                                  "maximum"};

std::string print_at(const std::vector<Subscript>& at) {
  std::string text;
  for (const Subscript& subscript : at)
    text += (text.empty() ? "" : ", ") + std::visit([](auto id) { return print(id); }, subscript);
  return "[" + text + "]";
}

// Names of slots come from the kernel's own lists; broken plans are printed too.
std::string print_access(const Kernel& kernel, OpCode code, const AccessAttribute& access) {
  const bool reads = code == OpCode::Load;
  std::string what = "?";
  if (reads && access.slot < kernel.reads.size()) what = print(kernel.reads[access.slot].what);
  if (!reads && access.slot < kernel.writes.size()) what = print(kernel.writes[access.slot]);
  std::string text = " " + what + print_at(access.at);
  if (reads && access.slot < kernel.reads.size() &&
      kernel.reads[access.slot].version != Version::Current)
    text +=
        fmt::format(" {}", kVersions[static_cast<std::size_t>(kernel.reads[access.slot].version)]);
  return text;
}

std::string print_constant(const ConstantAttribute& constant) {
  return match(
      constant.value, [](bool value) { return std::string(value ? " true" : " false"); },
      [](std::int64_t value) { return fmt::format(" {}", value); },
      [](double value) { return " " + print_real(value); });
}

std::string print_attribute(const Kernel& kernel, const Op& op) {
  return match(
      op.attribute, [](const std::monostate&) { return std::string(); },
      [](const ConstantAttribute& constant) { return print_constant(constant); },
      [](const AxisAttribute& axis) { return " " + print(axis.axis); },
      [](const InputAttribute& input) {
        return std::string(input.input == Input::Elapsed ? " elapsed" : " interval");
      },
      [&](const AccessAttribute& access) { return print_access(kernel, op.code, access); },
      [](const FaultAttribute& fault) { return " " + print(fault.fault); },
      [](const FunctionAttribute& function) { return " " + function.name; },
      [](const StreamAttribute& stream) { return " " + print(stream.stream); });
}

std::string print_op(const Kernel& kernel, std::size_t index) {
  const Op& op = kernel.body[index];
  std::string text = "    ";
  if (has_result(op.code)) text += fmt::format("%{}: {} = ", index, print(op.type));
  text += info_of(op.code).text;
  text += print_attribute(kernel, op);
  for (std::size_t i = 0; i < op.in.size(); ++i) text += (i == 0 ? " " : ", ") + print(op.in[i]);
  return text + "\n";
}

std::string print_reduction(const Kernel& kernel, const Reduction& reduction) {
  const std::string into =
      reduction.into < kernel.writes.size() ? print(kernel.writes[reduction.into]) : "?";
  std::string text =
      fmt::format("    {} {} {} over [{}] of {}", into, reduction.accumulate ? "+=" : "=",
                  kOrders[static_cast<std::size_t>(reduction.order)], print_list(reduction.over),
                  print(reduction.value));
  if (reduction.where) text += " where " + print(*reduction.where);
  return text + "\n";
}

}  // namespace

std::string print(Type type) {
  constexpr std::array<std::string_view, 8> names{"bool", "i32",   "i64",  "u32",
                                                  "u64",  "fixed", "real", "double"};
  std::string text(names[static_cast<std::size_t>(type.scalar)]);
  if (type.scalar == Scalar::Fixed) text += std::to_string(type.fraction_bits);
  return text;
}

std::string print_kernel(const PrintContext& context, const Kernel& kernel) {
  std::string text =
      fmt::format("{} over [{}]{}{}{}\n", remark(context, kernel.name), print_list(kernel.space),
                  kernel.link ? " of " + print(*kernel.link) : "",
                  kernel.heat == Heat::Cold ? " cold" : "", kernel.wide ? " wide" : "");
  for (std::size_t i = 0; i < kernel.body.size(); ++i) text += print_op(kernel, i);
  for (const Reduction& reduction : kernel.reductions) text += print_reduction(kernel, reduction);
  return text;
}

}  // namespace bouton::plan
