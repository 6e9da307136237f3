#include "compiler/codegen/tabulate.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include "compiler/codegen/frame_columns.h"
#include "compiler/codegen/state_number.h"
#include "compiler/plan/query.h"

namespace bouton::codegen {

namespace {

std::int64_t states_of(Emission& e, plan::ColumnId inputs) {
  return std::int64_t{1} << *e.known_length(e.plan.columns[inputs].axes);
}

// What the table holds of each state.
std::vector<plan::ColumnId> numbers_in(Emission& e, const plan::TabulatedKernels& group) {
  std::vector<plan::ColumnId> columns = group.results;
  std::ranges::copy(plan::written_by(e.plan, group.reciprocals), std::back_inserter(columns));
  return columns;
}

}  // namespace

std::optional<plan::TabulatedKernels> find_table(Emission& e, plan::TabulatedKernels group,
                                                 bool leaps) {
  const auto inputs = e.known_length(e.plan.columns[group.inputs].axes);
  const auto fits = [&] {
    std::int64_t numbers = 0;
    for (const plan::ColumnId column : numbers_in(e, group)) {
      const auto length = e.known_length(e.plan.columns[column].axes);
      if (!length) return false;
      numbers += *length;
    }
    return inputs && plan::is_small_table(*inputs, numbers, e.lanes());
  };
  if (leaps && fits()) return group;
  group.reciprocals.clear();
  return fits() ? std::optional(std::move(group)) : std::nullopt;
}

Tabulation::Tabulation(Emission& e, plan::TabulatedKernels group, llvm::Value* steps)
    : e_(e),
      group_(std::move(group)),
      axis_(e.plan.columns[group_.inputs].axes.front()),
      valid_(e.local(e.ir.getInt1Ty(), e.ir.getFalse(), "tabulated")) {
  for (const plan::ColumnId column : numbers_in(e, group_)) add_array(column);
  const std::int64_t states = states_of(e, group_.inputs);
  e.if_true(e.ir.CreateICmpSGE(steps, e.whole(plan::kLeastStepsPerState * states)),
            [&] { fill(); });
}

void Tabulation::add_array(plan::ColumnId column) {
  llvm::Type* cell = e_.element_type(e_.plan.columns[column].type);
  llvm::Type* element = e_.along_lanes() ? e_.vector_of(cell) : cell;
  const std::int64_t length = *e_.known_length(e_.plan.columns[column].axes);
  const std::int64_t cells = states_of(e_, group_.inputs) * length + e_.width();
  auto* array = llvm::ArrayType::get(element, static_cast<std::uint64_t>(cells));
  results_.push_back({column, element, length, e_.local(array, nullptr, "table")});
}

bool Tabulation::stands_for(plan::KernelId kernel) const {
  const auto has = [&](const auto& kernels) {
    return std::ranges::find(kernels, kernel) != kernels.end();
  };
  return has(group_.kernels) || has(group_.reciprocals);
}

// The inputs keep what they hold.
void Tabulation::fill() {
  llvm::Value* inputs = column_begin(e_, group_.inputs, Cells::Current, Use::Write);
  const std::int64_t bytes = *e_.known_length({axis_}) * e_.lanes();
  llvm::AllocaInst* kept =
      e_.local(llvm::ArrayType::get(e_.ir.getInt8Ty(), static_cast<std::uint64_t>(bytes)), nullptr,
               "inputs");
  const llvm::MaybeAlign align(1);
  e_.ir.CreateMemCpy(kept, align, inputs, align, e_.whole(bytes));
  e_.ir.CreateStore(e_.ir.getTrue(), valid_);
  e_.broken = e_.local(e_.ir.getInt1Ty(), e_.ir.getFalse(), "broken");
  e_.loop(e_.whole(0), e_.whole(states_of(e_, group_.inputs)), 1, [&](llvm::Value* state) {
    set_state(state);
    emit_kernels();
    for (const Results& results : results_) keep(results, state);
  });
  llvm::Value* broken = e_.ir.CreateLoad(e_.ir.getInt1Ty(), e_.broken);
  e_.ir.CreateStore(e_.ir.CreateNot(broken), valid_);
  e_.broken = nullptr;
  e_.ir.CreateMemCpy(inputs, align, kept, align, e_.whole(bytes));
}

// The state's least significant bit is the first element.
void Tabulation::set_state(llvm::Value* state) {
  emit_space(e_, {axis_}, Position{}, [&](const Position& position) {
    const AxisIndex& index = position.at(axis_);
    llvm::Value* element = e_.splat(index.first);
    if (index.counts_up) element = e_.ir.CreateAdd(element, e_.counting_up());
    // Elements behind the last one have no place.
    llvm::Value* place = e_.ir.CreateAnd(element, e_.splat_whole(63));
    llvm::Value* bit = e_.ir.CreateLShr(e_.splat(state), place);
    llvm::Value* truth = e_.ir.CreateTrunc(bit, e_.vector_of(e_.ir.getInt1Ty()));
    store(e_, position, {group_.inputs, plan::Version::Current, {index}}, truth, nullptr);
  });
}

void Tabulation::emit_kernels() {
  for (const auto* kernels : {&group_.kernels, &group_.reciprocals})
    for (const plan::KernelId kernel : *kernels) emit_kernel(e_, e_.plan.kernels[kernel], {});
}

// The place in the array of a state's element; `what` gets the subscripts of the column's.
llvm::Value* Tabulation::row_begin(const Results& results, llvm::Value* state,
                                   const Position& position, Subscripted& what) {
  llvm::Value* element = e_.whole(0);
  for (const plan::AxisId axis : e_.plan.columns[results.column].axes) {
    what.at.emplace_back(position.at(axis));
    element = e_.ir.CreateAdd(e_.ir.CreateMul(element, e_.length(axis)), position.at(axis).first);
  }
  llvm::Value* row = e_.ir.CreateMul(state, e_.whole(results.length));
  return e_.ir.CreateAdd(row, element);
}

void Tabulation::keep(const Results& results, llvm::Value* state) {
  emit_space(e_, e_.plan.columns[results.column].axes, Position{}, [&](const Position& position) {
    Subscripted what{results.column, plan::Version::Current, {}};
    llvm::Value* at = row_begin(results, state, position, what);
    llvm::Value* to = e_.ir.CreateInBoundsGEP(results.element, results.array, at);
    llvm::Value* cells = load(e_, position, what);
    const llvm::Align align(8);
    if (e_.along_lanes() || e_.width() == 1 || position.inside == nullptr)
      e_.ir.CreateAlignedStore(cells, to, align);
    else
      e_.ir.CreateMaskedStore(cells, to, align, position.inside);
  });
}

void Tabulation::look_up(const Results& results, llvm::Value* state) {
  const llvm::Align align(8);
  emit_space(e_, e_.plan.columns[results.column].axes, Position{}, [&](const Position& position) {
    Subscripted what{results.column, plan::Version::Current, {}};
    llvm::Value* cells = nullptr;
    if (e_.along_lanes()) {
      llvm::Value* element = row_begin(results, e_.whole(0), position, what);
      llvm::Value* at = e_.ir.CreateMul(state, e_.splat_whole(results.length * e_.lanes()));
      at = e_.ir.CreateAdd(at, e_.counting_up());
      llvm::Type* cell = results.element->getScalarType();
      llvm::Value* base = e_.ir.CreateInBoundsGEP(results.element, results.array, element);
      llvm::Value* pointers = e_.ir.CreateGEP(cell, base, at);
      cells = e_.ir.CreateMaskedGather(results.element, pointers,
                                       llvm::Align(cell->getPrimitiveSizeInBits() / 8),
                                       e_.splat(e_.ir.getTrue()));
    } else {
      llvm::Value* at = row_begin(results, state, position, what);
      llvm::Value* from = e_.ir.CreateInBoundsGEP(results.element, results.array, at);
      cells = e_.ir.CreateAlignedLoad(e_.vector_of(results.element), from,
                                      llvm::Align(results.element->getPrimitiveSizeInBits() / 8));
    }
    store(e_, position, what, cells, nullptr);
  });
}

void Tabulation::emit() {
  llvm::Value* valid = e_.ir.CreateLoad(e_.ir.getInt1Ty(), valid_);
  e_.if_true(valid, [&] {
    const Subscripted inputs{group_.inputs, plan::Version::Current, {}};
    llvm::Value* state = state_number(e_, inputs, axis_, FirstElement::LeastSignificant);
    for (const Results& results : results_) look_up(results, state);
  });
  e_.if_true(e_.ir.CreateNot(valid), [&] { emit_kernels(); });
}

}  // namespace bouton::codegen
