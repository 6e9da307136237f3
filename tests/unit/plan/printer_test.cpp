// The text form: independent of names where asked, escaped, exact in numbers.
#include "compiler/plan/printer.h"

#include <gtest/gtest.h>

#include "tests/unit/plan/plans.h"

namespace bouton::plan {
namespace {

template <typename IdType, typename T>
void rename(Table<IdType, T>& table) {
  for (T& element : table) element.name = "other_" + element.name;
}

void rename_sites(HostExpr& expr) {
  auto* called = std::get_if<HostCall>(&expr.node);
  if (called == nullptr) return;
  for (HostExpr& argument : called->arguments) rename_sites(argument);
  if (called->site) (*called->site)->name = "other";
}

// Every name that a user may choose.
Plan rename_all(Plan plan) {
  plan.name = "other";
  const auto rename_tables = [](auto&... tables) { (rename(tables), ...); };
  rename_tables(plan.axes, plan.columns, plan.views, plan.circuits, plan.populations, plan.links,
                plan.rules, plan.kernels, plan.denses, plan.moving_averages, plan.events,
                plan.histories, plan.traces, plan.handlers, plan.observers, plan.schedules,
                plan.phases, plan.variables, plan.parameters);
  for (Stream& stream : plan.streams) stream.site = "other/" + stream.site;
  for (RecordTable& table : plan.record_tables)
    for (RecordTable::ColumnType& column : table.columns) column.name += "_other";
  for (HostStmt& stmt : plan.host.body)
    if (auto* assign = std::get_if<HostAssign>(&stmt.node)) rename_sites(assign->value);
  return plan;
}

TEST(Printer, RenamingEverythingLeavesThePositionalTextUnchanged) {
  for (const Plan& plan : {sampler_plan(), microcircuit_plan(), cuba_plan(), pal_plan()}) {
    const Plan renamed = rename_all(plan);
    EXPECT_EQ(print(plan, Names::Positional), print(renamed, Names::Positional));
    EXPECT_NE(print(plan), print(renamed));
  }
}

TEST(Printer, APositionalTextShowsAChangeOfMeaning) {
  const Plan plan = sampler_plan();
  Plan changed = plan;
  changed.handlers[HandlerId{0}].pairs->pairing.in_index_order = false;
  EXPECT_NE(print(plan, Names::Positional), print(changed, Names::Positional));
}

TEST(Printer, NumbersReadBackExactlyAndRealsLookLikeReals) {
  const Plan plan;
  EXPECT_EQ(print(plan, real(1)), "1.0");
  EXPECT_EQ(print(plan, real(0.1)), "0.1");
  EXPECT_EQ(print(plan, real(1e-300)), "1e-300");
  EXPECT_EQ(print(plan, whole(1)), "1");
}

TEST(Printer, TextsAreEscaped) {
  const Plan plan;
  EXPECT_EQ(print(plan, {HostText{"a \"b\"\nc\\"}, {}}), R"("a \"b\"\nc\\")");
}

TEST(Printer, ExpressionsShowTheirStructure) {
  const Plan plan;
  const HostExpr sum = binary(HostBinaryOp::Add, variable(HostVariableId{2}), whole(1));
  const HostExpr choice{HostChoice{HostExpr{HostTruth{true}, {}}, sum, whole(0)}, {}};
  EXPECT_EQ(print(plan, choice), "(if true: (v2 + 1) else: 0)");
  const HostExpr element{HostIndex{contents(ColumnId{4}), {whole(0), whole(1)}}, {}};
  EXPECT_EQ(print(plan, call("transpose", {element})), "transpose(c4[0, 1])");
}

TEST(Printer, AKernelCanBePrintedAlone) {
  Plan plan;
  const CircuitId circuit = add_circuit(plan, "c");
  const AxisId axis = add_neuron_axis(plan, "n", 3);
  const ColumnId x = add_column(plan, "x", kReal, {axis}, Role::State);
  KernelBuilder k(plan, "double", circuit, {axis});
  k.store(x, k.op(OpCode::MultiplyReal, k.real(2), k.load(x, Version::Before)));
  const KernelId id = k.finish();
  const std::string text = print(plan, plan.kernels[id]);
  EXPECT_NE(text.find(": real = multiply %"), std::string::npos) << text;
  EXPECT_NE(text.find("load c1[a0] before"), std::string::npos) << text;
}

}  // namespace
}  // namespace bouton::plan
