#include "compiler/codegen/pair_rule.h"

#include <algorithm>
#include <utility>

#include "compiler/plan/query.h"

namespace bouton::codegen {

namespace {

using plan::OpCode;

// Ops that follow from the interval and from constants alone.
OpSet find_ops_of_interval(const plan::Kernel& kernel) {
  return find_following_ops(
      kernel, [&](plan::ValueId value) { return kernel.body[value.value].code == OpCode::Input; });
}

Position where_active(const Position& synapse, llvm::Value* where) {
  Position position = synapse;
  position.active = where;
  return position;
}

}  // namespace

PairRule::PairRule(Emission& e, const plan::Handler& handler)
    : e_(e),
      handler_(handler),
      body_(e.plan.kernels[handler.body]),
      part_(find_ops_of_interval(body_)),
      results_(find_results(body_, part_)) {}

PairWindows PairRule::make_windows(std::int64_t partners) {
  PairWindows windows;
  for (const std::size_t op : results_) {
    llvm::Type* vector = e_.vector_of(e_.element_type(body_.body[op].type));
    auto* array = llvm::ArrayType::get(vector, static_cast<std::uint64_t>(partners));
    windows.push_back(e_.local(array, nullptr, "windows"));
  }
  return windows;
}

std::vector<llvm::Value*> PairRule::of_interval(llvm::Value* interval) {
  return emit_ops(e_, body_, Position{}, {{plan::Input::Interval, interval}}, part_,
                  std::vector<llvm::Value*>(body_.body.size(), nullptr));
}

void PairRule::keep(const PairWindows& windows, llvm::Value* partner, llvm::Value* interval) {
  const auto values = of_interval(interval);
  for (std::size_t i = 0; i < results_.size(); ++i)
    e_.ir.CreateStore(values[results_[i]], e_.cell(windows[i], partner));
}

void PairRule::deliver(const Position& synapse, llvm::Value* where, const PairWindows& windows,
                       llvm::Value* partner) {
  std::vector<llvm::Value*> values(body_.body.size(), nullptr);
  for (std::size_t i = 0; i < results_.size(); ++i)
    values[results_[i]] = e_.ir.CreateLoad(windows[i]->getAllocatedType()->getArrayElementType(),
                                           e_.cell(windows[i], partner));
  emit_rest(e_, body_, where_active(synapse, where), part_, std::move(values));
}

void PairRule::deliver(const Position& synapse, llvm::Value* where, llvm::Value* interval) {
  emit_rest(e_, body_, where_active(synapse, where), part_, of_interval(interval));
}

bool keeps_to_synapse(const Emission& e, const plan::Handler& handler) {
  const plan::Kernel& kernel = e.plan.kernels[handler.body];
  const auto& dense = std::get<plan::DenseStorage>(e.plan.links[*handler.link].storage);
  const std::vector<plan::Subscript> own = {dense.post, dense.pre};
  for (const plan::Op& op : kernel.body) {
    if (op.code == OpCode::Require) return false;
    const auto* access = std::get_if<plan::AccessAttribute>(&op.attribute);
    if (access == nullptr || access->at == own) continue;
    if (op.code != OpCode::Load) return false;
    const plan::ColumnId read = plan::column_behind(e.plan, kernel.reads[access->slot].what);
    if (std::ranges::find(kernel.writes, read) != kernel.writes.end()) return false;
  }
  for (const plan::Read& read : kernel.reads) {
    const bool view = std::holds_alternative<plan::ViewId>(read.what);
    const plan::ColumnId behind = plan::column_behind(e.plan, read.what);
    if (view && std::ranges::find(kernel.writes, behind) != kernel.writes.end()) return false;
  }
  return kernel.reductions.empty();
}

}  // namespace bouton::codegen
