#include "compiler/codegen/reduction.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

#include "compiler/base/check.h"

namespace bouton::codegen {

namespace {

using plan::Order;

constexpr int kPartials = 8;  // SEMANTICS 24

plan::Type type_of(const plan::Kernel& kernel, const plan::Reduction& reduction) {
  return kernel.body[reduction.value.value].type;
}

std::vector<plan::AxisId> not_reduced(const plan::Kernel& kernel,
                                      const std::vector<plan::AxisId>& over) {
  std::vector<plan::AxisId> left = kernel.space;
  std::erase_if(left,
                [&](plan::AxisId axis) { return std::ranges::find(over, axis) != over.end(); });
  return left;
}

llvm::Constant* neutral(Emission& e, const plan::Reduction& reduction, plan::Type type) {
  llvm::Type* element = e.element_type(type);
  if (reduction.order == Order::Minimum || reduction.order == Order::Maximum) {
    const bool minimum = reduction.order == Order::Minimum;
    if (element->isFloatingPointTy()) return llvm::ConstantFP::getInfinity(element, !minimum);
    const std::int64_t value = minimum ? plan::kNever : plan::kLongAgo;
    return llvm::ConstantInt::get(element, static_cast<std::uint64_t>(value));
  }
  return llvm::Constant::getNullValue(element);
}

llvm::Value* combine(Emission& e, Order order, llvm::Value* a, llvm::Value* b) {
  const bool real = a->getType()->isFPOrFPVectorTy();
  switch (order) {
    case Order::Exact:
      return a->getType()->isIntOrIntVectorTy(1) ? e.ir.CreateOr(a, b) : e.ir.CreateAdd(a, b);
    case Order::PartialSums:
      return e.ir.CreateFAdd(a, b);
    case Order::Minimum:
      return e.ir.CreateSelect(real ? e.ir.CreateFCmpOLT(b, a) : e.ir.CreateICmpSLT(b, a), b, a);
    case Order::Maximum:
      return e.ir.CreateSelect(real ? e.ir.CreateFCmpOGT(b, a) : e.ir.CreateICmpSGT(b, a), b, a);
    case Order::Unspecified:
      break;
  }
  BOUTON_UNREACHABLE("a reduction without an order");
}

// ((0+4)+(2+6))+((1+5)+(3+7))
llvm::Value* add_partials(Emission& e, const std::array<llvm::Value*, kPartials>& p) {
  const auto add = [&](llvm::Value* a, llvm::Value* b) { return e.ir.CreateFAdd(a, b); };
  return add(add(add(p[0], p[4]), add(p[2], p[6])), add(add(p[1], p[5]), add(p[3], p[7])));
}

// The same for partial sums that are the elements of one vector: halves of 8, 4 and 2.
llvm::Value* add_halves(Emission& e, llvm::Value* sums) {
  for (int half = kPartials / 2; half >= 1; half /= 2) {
    std::vector<int> low(static_cast<std::size_t>(half));
    std::iota(low.begin(), low.end(), 0);
    std::vector<int> high(static_cast<std::size_t>(half));
    std::iota(high.begin(), high.end(), half);
    sums =
        e.ir.CreateFAdd(e.ir.CreateShuffleVector(sums, low), e.ir.CreateShuffleVector(sums, high));
  }
  return e.ir.CreateExtractElement(sums, std::uint64_t{0});
}

}  // namespace

Subscripted result_of(Emission& e, const plan::Kernel& kernel, const plan::Reduction& reduction,
                      const Position& position) {
  const plan::ColumnId column = kernel.writes[reduction.into];
  const std::vector<plan::AxisId> outer = not_reduced(kernel, reduction.over);
  const auto& axes = e.plan.columns[column].axes;
  Subscripted into{column, plan::Version::Current, {}};
  for (std::size_t d = 0; d < axes.size(); ++d)
    into.at.emplace_back(translate(e, position, outer[d], axes[d]));
  return into;
}

ReductionEmitter::ReductionEmitter(Emission& e, const plan::Kernel& kernel)
    : e_(e), kernel_(kernel) {
  if (kernel.reductions.empty()) {
    inner_ = kernel.space;
    return;
  }
  inner_ = kernel.reductions.front().over;
  for (const plan::Reduction& reduction : kernel.reductions)
    BOUTON_CHECK(reduction.over == inner_, "reductions of one kernel over different axes");
  outer_ = not_reduced(kernel, inner_);
}

bool ReductionEmitter::sums_by_vector() const {
  return !e_.along_lanes() && e_.width() == kPartials && inner_.size() == 1;
}

void ReductionEmitter::begin() {
  accumulators_.clear();
  for (const plan::Reduction& reduction : kernel_.reductions) {
    llvm::Constant* zero = neutral(e_, reduction, type_of(kernel_, reduction));
    llvm::Type* cell = e_.vector_of(zero->getType());
    llvm::Value* initial = e_.splat(zero);
    if (reduction.order == Order::PartialSums && !sums_by_vector()) {
      llvm::Type* one = e_.along_lanes() ? cell : zero->getType();
      cell = llvm::ArrayType::get(one, kPartials);
      initial = llvm::Constant::getNullValue(cell);
    }
    accumulators_.push_back(e_.local(cell, initial, "sum"));
  }
}

void ReductionEmitter::add(const Position& position, const std::vector<llvm::Value*>& values) {
  for (std::size_t i = 0; i < kernel_.reductions.size(); ++i) {
    const plan::Reduction& reduction = kernel_.reductions[i];
    llvm::Value* mask = e_.both(position.inside, position.active);
    if (reduction.where) mask = e_.both(mask, values[reduction.where->value]);
    llvm::Value* value = values[reduction.value.value];
    if (reduction.order == Order::PartialSums) {
      add_partial_sums(position, i, value, mask);
      continue;
    }
    llvm::Value* held = e_.ir.CreateLoad(accumulators_[i]->getAllocatedType(), accumulators_[i]);
    // A select by a mask of truth values becomes a shuffle of them, which takes long.
    if (value->getType()->isIntOrIntVectorTy(1))
      value = e_.both(value, std::exchange(mask, nullptr));
    llvm::Value* sum = combine(e_, reduction.order, held, value);
    e_.ir.CreateStore(mask == nullptr ? sum : e_.ir.CreateSelect(mask, sum, held),
                      accumulators_[i]);
  }
}

llvm::Value* ReductionEmitter::linear_index(const Position& position) {
  llvm::Value* index = e_.whole(0);
  for (const plan::AxisId axis : inner_)
    index = e_.ir.CreateAdd(e_.ir.CreateMul(index, e_.length(axis)), position.at(axis).first);
  return index;
}

void ReductionEmitter::add_partial_sums(const Position& position, std::size_t which,
                                        llvm::Value* value, llvm::Value* mask) {
  llvm::AllocaInst* accumulator = accumulators_[which];
  if (!sums_by_vector() && !e_.along_lanes())
    return add_in_turn(which, value, mask, linear_index(position));
  llvm::Type* type = value->getType();
  llvm::Value* slot = accumulator;
  if (e_.along_lanes()) {
    llvm::Value* partial = e_.ir.CreateAnd(linear_index(position), e_.whole(kPartials - 1));
    slot = e_.ir.CreateInBoundsGEP(type, accumulator, partial);
  }
  llvm::Value* held = e_.ir.CreateLoad(type, slot);
  llvm::Value* sum = e_.ir.CreateFAdd(held, value);
  e_.ir.CreateStore(mask == nullptr ? sum : e_.ir.CreateSelect(mask, sum, held), slot);
}

// Element after element: for widths that are not that of the partial sums.
void ReductionEmitter::add_in_turn(std::size_t which, llvm::Value* value, llvm::Value* mask,
                                   llvm::Value* first_index) {
  llvm::Type* real = value->getType()->getScalarType();
  for (int i = 0; i < e_.width(); ++i) {
    llvm::Value* partial =
        e_.ir.CreateAnd(e_.ir.CreateAdd(first_index, e_.whole(i)), e_.whole(kPartials - 1));
    llvm::Value* slot = e_.ir.CreateInBoundsGEP(real, accumulators_[which], partial);
    llvm::Value* held = e_.ir.CreateLoad(real, slot);
    llvm::Value* sum = e_.ir.CreateFAdd(held, e_.element(value, i));
    llvm::Value* counts = mask == nullptr ? e_.ir.getTrue() : e_.element(mask, i);
    e_.ir.CreateStore(e_.ir.CreateSelect(counts, sum, held), slot);
  }
}

llvm::Value* ReductionEmitter::total(std::size_t which) {
  const plan::Reduction& reduction = kernel_.reductions[which];
  llvm::Value* held =
      e_.ir.CreateLoad(accumulators_[which]->getAllocatedType(), accumulators_[which]);
  if (reduction.order == Order::PartialSums && sums_by_vector()) return add_halves(e_, held);
  if (reduction.order == Order::PartialSums) {
    std::array<llvm::Value*, kPartials> partials{};
    for (unsigned i = 0; i < kPartials; ++i) partials[i] = e_.ir.CreateExtractValue(held, i);
    return add_partials(e_, partials);
  }
  if (e_.along_lanes() || e_.width() == 1) return held;
  if (reduction.order == Order::Exact)
    return held->getType()->isIntOrIntVectorTy(1) ? e_.ir.CreateOrReduce(held)
                                                  : e_.ir.CreateAddReduce(held);
  if (held->getType()->isIntOrIntVectorTy())
    return reduction.order == Order::Minimum ? e_.ir.CreateIntMinReduce(held, true)
                                             : e_.ir.CreateIntMaxReduce(held, true);
  llvm::Value* result = e_.element(held, 0);
  for (int i = 1; i < e_.width(); ++i)
    result = combine(e_, reduction.order, result, e_.element(held, i));
  return result;
}

void ReductionEmitter::write(const plan::Reduction& reduction, const Position& position,
                             llvm::Value* value) {
  const Subscripted into = result_of(e_, kernel_, reduction, position);
  if (reduction.accumulate) {
    llvm::Value* held = e_.element(load(e_, position, into), 0);
    if (e_.along_lanes()) held = load(e_, position, into);
    value = combine(e_, reduction.order, held, value);
  }
  store(e_, position, into, e_.along_lanes() ? value : e_.splat(value), nullptr);
}

void ReductionEmitter::end(const Position& outer_position) {
  for (std::size_t i = 0; i < kernel_.reductions.size(); ++i)
    write(kernel_.reductions[i], outer_position, total(i));
}

}  // namespace bouton::codegen
