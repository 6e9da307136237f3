// The strong ids of the plan: every reference between its parts is an index into one of Plan's
// tables.
#pragma once

#include <variant>

#include "compiler/base/ids.h"

namespace bouton::plan {

using ExtentId = Id<struct ExtentTag>;
using AxisId = Id<struct AxisTag>;
using ColumnId = Id<struct ColumnTag>;
using ViewId = Id<struct ViewTag>;
using CircuitId = Id<struct CircuitTag>;
using PopulationId = Id<struct PopulationTag>;
using PackId = Id<struct PackTag>;
using LinkId = Id<struct LinkTag>;
using RuleId = Id<struct RuleTag>;
using StreamId = Id<struct StreamTag>;
using FaultId = Id<struct FaultTag>;
using KernelId = Id<struct KernelTag>;
using DenseId = Id<struct DenseTag>;
using MovingAverageId = Id<struct MovingAverageTag>;
using EventId = Id<struct EventTag>;
using HistoryId = Id<struct HistoryTag>;
using TraceId = Id<struct TraceTag>;
using HandlerId = Id<struct HandlerTag>;
using ObserverId = Id<struct ObserverTag>;
using ScheduleId = Id<struct ScheduleTag>;
using PhaseId = Id<struct PhaseTag>;
using HostVariableId = Id<struct HostVariableTag>;
using ParameterId = Id<struct ParameterTag>;
using RecordTableId = Id<struct RecordTableTag>;

// An SSA value of one kernel: the index of the op that defines it.
using ValueId = Id<struct ValueTag>;

// What can be read: a stored column, or a view of one.
using Operand = std::variant<ColumnId, ViewId>;

}  // namespace bouton::plan
