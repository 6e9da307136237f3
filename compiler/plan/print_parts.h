// The parts that print (printer.h) is made of: one function per table of the plan. Internal to this
// folder.
#pragma once

#include <string>
#include <string_view>

#include "compiler/plan/printer.h"

namespace bouton::plan {

struct PrintContext {
  const Plan& plan;
  Names names = Names::Quoted;
};

inline std::string print(ExtentId id) { return "n" + std::to_string(id.value); }
inline std::string print(AxisId id) { return "a" + std::to_string(id.value); }
inline std::string print(ColumnId id) { return "c" + std::to_string(id.value); }
inline std::string print(ViewId id) { return "view" + std::to_string(id.value); }
inline std::string print(CircuitId id) { return "circuit" + std::to_string(id.value); }
inline std::string print(PopulationId id) { return "pop" + std::to_string(id.value); }
inline std::string print(PackId id) { return "pack" + std::to_string(id.value); }
inline std::string print(LinkId id) { return "link" + std::to_string(id.value); }
inline std::string print(RuleId id) { return "rule" + std::to_string(id.value); }
inline std::string print(StreamId id) { return "stream" + std::to_string(id.value); }
inline std::string print(FaultId id) { return "fault" + std::to_string(id.value); }
inline std::string print(KernelId id) { return "kernel" + std::to_string(id.value); }
inline std::string print(DenseId id) { return "dense" + std::to_string(id.value); }
inline std::string print(MovingAverageId id) { return "mean" + std::to_string(id.value); }
inline std::string print(EventId id) { return "event" + std::to_string(id.value); }
inline std::string print(HistoryId id) { return "history" + std::to_string(id.value); }
inline std::string print(TraceId id) { return "trace" + std::to_string(id.value); }
inline std::string print(HandlerId id) { return "handler" + std::to_string(id.value); }
inline std::string print(ObserverId id) { return "observer" + std::to_string(id.value); }
inline std::string print(ScheduleId id) { return "schedule" + std::to_string(id.value); }
inline std::string print(PhaseId id) { return "phase" + std::to_string(id.value); }
inline std::string print(HostVariableId id) { return "v" + std::to_string(id.value); }
inline std::string print(ParameterId id) { return "parameter" + std::to_string(id.value); }
inline std::string print(RecordTableId id) { return "table" + std::to_string(id.value); }
inline std::string print(ValueId id) { return "%" + std::to_string(id.value); }
inline std::string print(Operand operand) {
  return std::visit([](auto id) { return print(id); }, operand);
}

// " [a0, a1]"-like lists: the printed ids between separators.
template <typename List>
std::string print_list(const List& list, std::string_view separator = ", ") {
  std::string text;
  for (const auto& element : list) {
    if (!text.empty()) text += separator;
    text += print(element);
  }
  return text;
}

// ` "name"`, or nothing when names are left out.
[[nodiscard]] std::string remark(const PrintContext& context, std::string_view name);
// Quotes and escapes a text.
[[nodiscard]] std::string quote(std::string_view text);
// Shortest form that reads back exactly, always with a point, exponent, or inf/nan.
[[nodiscard]] std::string print_real(double value);

[[nodiscard]] std::string print_host_expr(const PrintContext& context, const HostExpr& expr);
[[nodiscard]] std::string print_host_type(const HostType& type);
[[nodiscard]] std::string print_kernel(const PrintContext& context, const Kernel& kernel);
// Each ends with a newline unless it is empty.
[[nodiscard]] std::string print_storage_tables(const PrintContext& context);
[[nodiscard]] std::string print_event_tables(const PrintContext& context);
[[nodiscard]] std::string print_schedule_tables(const PrintContext& context);
[[nodiscard]] std::string print_host_tables(const PrintContext& context);
[[nodiscard]] std::string print_host_body(const PrintContext& context, const HostBody& body,
                                          int indent);

}  // namespace bouton::plan
