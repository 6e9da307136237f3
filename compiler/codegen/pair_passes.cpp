#include "compiler/codegen/pair_passes.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "compiler/codegen/partial_body.h"
#include "compiler/codegen/partner.h"
#include "compiler/plan/query.h"

namespace bouton::codegen {

namespace {

using plan::OpCode;
using Kind = plan::Pairing::Kind;

constexpr std::int64_t kMostPartners = 4096;  // whose values are kept on the stack

// A body that reads and writes its own synapse, and neurons that it does not write.
bool keeps_to_synapse(const Emission& e, const plan::Kernel& kernel,
                      const plan::DenseStorage& dense) {
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

bool is_short(Emission& e, plan::AxisId axis) {
  const auto* length = llvm::dyn_cast<llvm::ConstantInt>(e.length(axis));
  return length != nullptr && length->getSExtValue() <= kMostPartners;
}

// Ops that follow from the interval and from constants alone.
OpSet find_ops_of_interval(const plan::Kernel& kernel) {
  return find_following_ops(kernel, [&](plan::ValueId value) {
    return kernel.body[value.value].code == OpCode::Input;
  });
}

// What is computed once per partner, in arrays [partner] of vectors.
struct PartnerTable {
  llvm::AllocaInst* step = nullptr;  // of its spike
  std::vector<llvm::AllocaInst*> results;
};

class PairPasses {
 public:
  PairPasses(Emission& e, const plan::Handler& handler)
      : e_(e),
        handler_(handler),
        pairing_(handler.pairs->pairing),
        body_(e.plan.kernels[handler.body]),
        of_interval_(find_ops_of_interval(body_)),
        results_(find_results(body_, of_interval_)),
        pre_(pre_side(e, handler)),
        post_(post_side(e, handler)) {}

  void emit() {
    deliver_older(post_, pre_, true);
    deliver_coincident();
    deliver_older(pre_, post_, false);
  }

 private:
  void deliver_older(const SpikeSide& spike, const SpikeSide& partner, bool causal) {
    const std::int64_t count = pairing_.kind == Kind::Immediate
                                   ? 1
                                   : std::min<std::int64_t>(pairing_.count, depth_of(e_, partner));
    e_.if_true(any_fired(e_, spike.event), [&] {
      for (std::int64_t age = count - 1; age >= 0; --age) {
        const PartnerTable table = tabulate(partner, age, causal);
        for_spikes(spike, partner, [&](const Position& position, llvm::Value* now) {
          llvm::Value* where = e_.ir.CreateAnd(now, counts(position, spike, partner, age, table));
          deliver(position, where, recall(position.at(partner.axis).first, table));
        });
      }
    });
  }

  void deliver_coincident() {
    e_.if_true(any_fired(e_, post_.event), [&] {
      for_spikes(post_, pre_, [&](const Position& position, llvm::Value* now) {
        llvm::Value* where =
            e_.ir.CreateAnd(now, fired_mask(e_, position, {pre_.event, pre_.axis}));
        // In index order a neuron never sees its own spike of the same step.
        if (pairing_.in_index_order)
          where = e_.ir.CreateAnd(
              where, e_.ir.CreateICmpNE(index_of(position, pre_), index_of(position, post_)));
        e_.if_true(e_.any(where),
                   [&] { deliver(position, where, ops_of_interval(position, e_.splat_whole(0))); });
      });
    });
  }

  // Every synapse of every neuron that spikes, and the lanes in which it does.
  void for_spikes(const SpikeSide& spike, const SpikeSide& partner,
                  const std::function<void(const Position&, llvm::Value*)>& at) {
    emit_space(e_, {spike.axis}, Position{}, [&](const Position& spiking) {
      llvm::Value* now = e_.both(e_.running, fired_mask(e_, spiking, {spike.event, spike.axis}));
      e_.if_true(e_.any(now), [&] {
        emit_space(e_, {partner.axis}, spiking, [&](const Position& position) {
          at(position, e_.both(now, existing_synapses(e_, position, *handler_.link)));
        });
      });
    });
  }

  llvm::AllocaInst* array_along(plan::AxisId axis, llvm::Type* element) {
    const auto* length = llvm::cast<llvm::ConstantInt>(e_.length(axis));
    return e_.local(llvm::ArrayType::get(element, length->getZExtValue()), nullptr, "partners");
  }

  llvm::Value* cell(llvm::AllocaInst* array, llvm::Value* partner) {
    return e_.ir.CreateInBoundsGEP(array->getAllocatedType(), array, {e_.whole(0), partner});
  }

  std::vector<llvm::Value*> ops_of_interval(const Position& position, llvm::Value* interval) {
    return emit_ops(e_, body_, position, {{plan::Input::Interval, interval}}, of_interval_,
                    std::vector<llvm::Value*>(body_.body.size(), nullptr));
  }

  PartnerTable tabulate(const SpikeSide& partner, std::int64_t age, bool causal) {
    llvm::Type* steps = e_.vector_of(e_.ir.getInt64Ty());
    PartnerTable table{array_along(partner.axis, steps), {}};
    for (const std::size_t op : results_)
      table.results.push_back(
          array_along(partner.axis, e_.vector_of(e_.element_type(body_.body[op].type))));
    emit_space(e_, {partner.axis}, Position{}, [&](const Position& position) {
      llvm::Value* index = position.at(partner.axis).first;
      llvm::Value* step = remembered(e_, position, partner, e_.whole(age));
      e_.ir.CreateStore(step, cell(table.step, index));
      llvm::Value* interval = e_.ir.CreateSub(e_.steps, step);
      const auto values = ops_of_interval(position, causal ? interval : e_.ir.CreateNeg(interval));
      for (std::size_t i = 0; i < results_.size(); ++i)
        e_.ir.CreateStore(values[results_[i]], cell(table.results[i], index));
    });
    return table;
  }

  std::vector<llvm::Value*> recall(llvm::Value* partner, const PartnerTable& table) {
    std::vector<llvm::Value*> values(body_.body.size(), nullptr);
    for (std::size_t i = 0; i < results_.size(); ++i) {
      llvm::AllocaInst* array = table.results[i];
      values[results_[i]] =
          e_.ir.CreateLoad(array->getAllocatedType()->getArrayElementType(), cell(array, partner));
    }
    return values;
  }

  // Whether the partner's earlier spike pairs with this one.
  llvm::Value* counts(const Position& position, const SpikeSide& spike, const SpikeSide& partner,
                      std::int64_t age, const PartnerTable& table) {
    llvm::Value* step = e_.ir.CreateLoad(table.step->getAllocatedType()->getArrayElementType(),
                                         cell(table.step, position.at(partner.axis).first));
    llvm::Value* where = e_.ir.CreateICmpSGE(step, first_seen(e_, position, handler_));
    if (pairing_.kind == Kind::Immediate) {
      llvm::Value* own = remembered(e_, position, spike, e_.whole(0));
      where = e_.ir.CreateAnd(where, e_.ir.CreateICmpSLT(own, step));
    }
    const bool oldest = pairing_.kind == Kind::Immediate || age + 1 == pairing_.count;
    if (!oldest) return where;
    return e_.ir.CreateAnd(where, e_.ir.CreateNot(sees_coincident(position, spike, partner)));
  }

  llvm::Value* sees_coincident(const Position& position, const SpikeSide& spike,
                               const SpikeSide& partner) {
    llvm::Value* now = fired_mask(e_, position, {partner.event, partner.axis});
    if (!pairing_.in_index_order) return now;
    return e_.ir.CreateAnd(
        now, e_.ir.CreateICmpSLT(index_of(position, partner), index_of(position, spike)));
  }

  llvm::Value* index_of(const Position& position, const SpikeSide& side) {
    return side.axis == pre_.axis ? pre_index(e_, position, *handler_.link)
                                  : post_index(e_, position, *handler_.link);
  }

  // The rest of the body.
  void deliver(const Position& at, llvm::Value* where, std::vector<llvm::Value*> known) {
    Position position = at;
    position.active = where;
    emit_rest(e_, body_, position, of_interval_, std::move(known));
  }

  Emission& e_;
  const plan::Handler& handler_;
  const plan::Pairing& pairing_;
  const plan::Kernel& body_;
  const OpSet of_interval_;
  const std::vector<std::size_t> results_;
  const SpikeSide pre_, post_;
};

}  // namespace

bool can_pass_over_pairs(Emission& e, const plan::Handler& handler) {
  const auto& dense = std::get<plan::DenseStorage>(e.plan.links[*handler.link].storage);
  const Kind kind = handler.pairs->pairing.kind;
  return e.along_lanes() && (kind == Kind::Nearest || kind == Kind::Immediate) &&
         keeps_to_synapse(e, e.plan.kernels[handler.body], dense) && is_short(e, dense.pre) &&
         is_short(e, dense.post);
}

void emit_pair_passes(Emission& e, const plan::Handler& handler) { PairPasses(e, handler).emit(); }

}  // namespace bouton::codegen
