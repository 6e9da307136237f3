#include "compiler/codegen/kernel.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "compiler/base/check.h"
#include "compiler/base/match.h"
#include "compiler/codegen/operations.h"
#include "compiler/codegen/reduction.h"
#include "compiler/codegen/status.h"
#include "compiler/plan/query.h"

namespace bouton::codegen {

namespace {

using plan::OpCode;

// Emits the ops of one body in order.
class BodyEmitter {
 public:
  BodyEmitter(Emission& e, const plan::Kernel& kernel, const Position& position,
              const Inputs& inputs)
      : e_(e), kernel_(kernel), position_(position), inputs_(inputs) {}

  std::vector<llvm::Value*> emit(const OpSet& emitted, std::vector<llvm::Value*> known) {
    values_ = std::move(known);
    if (kernel_.wide) e_.precision = plan::Precision::Double;
    for (std::size_t i = 0; i < kernel_.body.size(); ++i)
      if (emitted[i] && values_[i] == nullptr) values_[i] = emit_op(kernel_.body[i]);
    e_.precision = e_.plan.precision;
    return std::move(values_);
  }

 private:
  llvm::Value* emit_op(const plan::Op& op) {
    std::vector<llvm::Value*> in;
    std::vector<plan::Type> types;
    for (const plan::ValueId operand : op.in) {
      in.push_back(values_[operand.value]);
      types.push_back(kernel_.body[operand.value].type);
    }
    const bool draws = op.code == OpCode::Word || op.code == OpCode::WordPair;
    if (draws && position_.packed != nullptr)
      return emit_operations_together(e_, ops_of_neurons(op), in);
    if (is_operation(op.code)) return emit_operation(e_, op, in, types);
    return emit_contextual(op, in);
  }

  llvm::Value* emit_contextual(const plan::Op& op, const std::vector<llvm::Value*>& in) {
    switch (op.code) {
      case OpCode::Constant:
        return position_.packed != nullptr ? constants_of_neurons(op) : constant(op);
      case OpCode::AxisIndex:
        if (position_.packed != nullptr) return indices_of_neurons();
        return index(std::get<plan::AxisAttribute>(op.attribute).axis);
      case OpCode::PostIndex:
        return post_index(e_, position_, *kernel_.link);
      case OpCode::PreIndex:
        return pre_index(e_, position_, *kernel_.link);
      case OpCode::Input:
        return inputs_.at(std::get<plan::InputAttribute>(op.attribute).input);
      case OpCode::Step:
        return e_.steps;
      case OpCode::Load:
        return load(e_, position_, read_of(op));
      case OpCode::Store:
        return store(e_, position_, write_of(op), in[0], nullptr), nullptr;
      case OpCode::StoreWhere:
        return store(e_, position_, write_of(op), in[1], in[0]), nullptr;
      case OpCode::AddTo:
        return accumulate(e_, position_, write_of(op), in[0], nullptr, false), nullptr;
      case OpCode::SubtractFrom:
        return accumulate(e_, position_, write_of(op), in[0], nullptr, true), nullptr;
      case OpCode::Require:
        return emit_require(e_, position_, kernel_, op, in[0], in[1]), nullptr;
      default:
        BOUTON_UNREACHABLE("op code");
    }
  }

  llvm::Value* constant(const plan::Op& op) {
    llvm::Type* type = e_.element_type(op.type);
    const auto& value = std::get<plan::ConstantAttribute>(op.attribute).value;
    if (llvm::Value* pooled = e_.pooled(op)) return pooled;
    return e_.splat(match(
        value, [&](bool truth) -> llvm::Value* { return e_.ir.getInt1(truth); },
        [&](std::int64_t whole) -> llvm::Value* {
          return llvm::ConstantInt::get(type, static_cast<std::uint64_t>(whole));
        },
        [&](double real) -> llvm::Value* { return llvm::ConstantFP::get(type, real); }));
  }

  // Of the kernels of a packed vector: the op in the place of this one, by element.
  std::vector<const plan::Op*> ops_of_neurons(const plan::Op& op) {
    const auto place = static_cast<std::size_t>(&op - kernel_.body.data());
    std::vector<const plan::Op*> ops;
    for (const PackedVector::Neuron& neuron : position_.packed->neurons)
      ops.push_back(&neuron.kernel->body[place]);
    return ops;
  }

  llvm::Value* constants_of_neurons(const plan::Op& op) {
    const std::vector<const plan::Op*> ops = ops_of_neurons(op);
    std::vector<llvm::Value*> numbers;
    e_.with_width(1, [&] {
      for (const plan::Op* each : ops) numbers.push_back(constant(*each));
    });
    if (std::ranges::all_of(numbers, [&](llvm::Value* each) { return each == numbers.front(); }))
      return e_.splat(numbers.front());
    llvm::Value* vector = llvm::PoisonValue::get(e_.vector_of(numbers.front()->getType()));
    for (std::size_t i = 0; i < numbers.size(); ++i)
      vector = e_.with_element(vector, numbers[i], static_cast<int>(i));
    return vector;
  }

  llvm::Value* indices_of_neurons() {
    std::vector<llvm::Constant*> indices;
    for (const PackedVector::Neuron& neuron : position_.packed->neurons)
      indices.push_back(e_.whole(neuron.index));
    return llvm::ConstantVector::get(indices);
  }

  llvm::Value* index(plan::AxisId axis) {
    const AxisIndex& at = position_.at(axis);
    llvm::Value* first = e_.splat(at.first);
    return at.counts_up ? e_.ir.CreateAdd(first, e_.counting_up()) : first;
  }

  Subscripted read_of(const plan::Op& op) {
    const auto& access = std::get<plan::AccessAttribute>(op.attribute);
    const plan::Read& read = kernel_.reads[access.slot];
    return {read.what, read.version, subscripts(access, plan::axes_of(e_.plan, read.what))};
  }

  Subscripted write_of(const plan::Op& op) {
    const auto& access = std::get<plan::AccessAttribute>(op.attribute);
    const plan::ColumnId column = kernel_.writes[access.slot];
    return {column, plan::Version::Current, subscripts(access, e_.plan.columns[column].axes)};
  }

  std::vector<std::variant<AxisIndex, llvm::Value*>> subscripts(
      const plan::AccessAttribute& access, const std::vector<plan::AxisId>& axes) {
    std::vector<std::variant<AxisIndex, llvm::Value*>> at;
    for (std::size_t d = 0; d < axes.size(); ++d) {
      if (const auto* axis = std::get_if<plan::AxisId>(&access.at[d])) {
        at.emplace_back(translate(e_, position_, *axis, axes[d]));
      } else {
        llvm::Value* computed = values_[std::get<plan::ValueId>(access.at[d]).value];
        at.emplace_back(e_.ir.CreateSExtOrTrunc(computed, e_.vector_of(e_.ir.getInt64Ty())));
      }
    }
    return at;
  }

  Emission& e_;
  const plan::Kernel& kernel_;
  const Position& position_;
  const Inputs& inputs_;
  std::vector<llvm::Value*> values_;
};

void emit_vectors(Emission& e, plan::AxisId axis, Position position, const AtPosition& at) {
  llvm::Value* length = e.length(axis);
  llvm::Value* full = e.ir.CreateAnd(length, e.whole(-std::int64_t{e.width()}));
  e.loop(e.whole(0), full, e.width(), [&](llvm::Value* first) {
    Position here = position;
    here.axes.emplace_back(axis, AxisIndex{first, true, true});
    at(here);
  });
  if (e.width() == 1) return;
  e.if_true(e.ir.CreateICmpSLT(full, length), [&] {
    position.axes.emplace_back(axis, AxisIndex{full, true, true});
    position.inside = e.first_elements(e.ir.CreateSub(length, full));
    at(position);
  });
}

void emit_nest(Emission& e, const std::vector<plan::AxisId>& space, std::size_t depth, bool vectors,
               const Position& position, const AtPosition& at) {
  if (depth == space.size()) return at(position);
  if (vectors && depth + 1 == space.size()) return emit_vectors(e, space[depth], position, at);
  e.loop(e.whole(0), e.length(space[depth]), 1, [&](llvm::Value* index) {
    Position here = position;
    here.axes.emplace_back(space[depth], AxisIndex{index, false});
    emit_nest(e, space, depth + 1, vectors, here, at);
  });
}

llvm::Value* neuron_index(Emission& e, const Position& position, const plan::Link& link,
                          bool post) {
  const auto& dense = std::get<plan::DenseStorage>(link.storage);
  const plan::AxisId axis = post ? dense.post : dense.pre;
  const auto& neurons = e.plan.axes[axis].within;
  const AxisIndex index = neurons ? translate(e, position, axis, *neurons) : position.at(axis);
  llvm::Value* first = e.splat(index.first);
  return index.counts_up ? e.ir.CreateAdd(first, e.counting_up()) : first;
}

// Within the projection's own axes.
llvm::Value* index_along(Emission& e, const Position& position, plan::AxisId axis) {
  const AxisIndex& index = position.at(axis);
  llvm::Value* first = e.splat(index.first);
  return index.counts_up ? e.ir.CreateAdd(first, e.counting_up()) : first;
}

llvm::Value* any_guard(Emission& e, const Position& position, const std::vector<Guard>& guards) {
  llvm::Value* mask = fired_mask(e, position, guards.front());
  for (std::size_t i = 1; i < guards.size(); ++i)
    mask = e.ir.CreateOr(mask, fired_mask(e, position, guards[i]));
  return mask;
}

}  // namespace

std::vector<llvm::Value*> emit_body(Emission& e, const plan::Kernel& kernel,
                                    const Position& position, const Inputs& inputs) {
  const std::size_t ops = kernel.body.size();
  return emit_ops(e, kernel, position, inputs, OpSet(ops, true),
                  std::vector<llvm::Value*>(ops, nullptr));
}

std::vector<llvm::Value*> emit_ops(Emission& e, const plan::Kernel& kernel,
                                   const Position& position, const Inputs& inputs,
                                   const OpSet& emitted, std::vector<llvm::Value*> known) {
  return BodyEmitter(e, kernel, position, inputs).emit(emitted, std::move(known));
}

void emit_space(Emission& e, const std::vector<plan::AxisId>& space, const Position& from,
                const AtPosition& at) {
  emit_nest(e, space, 0, !e.along_lanes(), from, at);
}

void emit_elements(Emission& e, const std::vector<plan::AxisId>& space, const Position& from,
                   const AtPosition& at) {
  emit_nest(e, space, 0, false, from, at);
}

void emit_kernel(Emission& e, const plan::Kernel& kernel, const std::vector<Guard>& guards,
                 const Inputs& inputs) {
  emit_kernel_by(e, kernel, guards,
                 [&](const Position& position) { return emit_body(e, kernel, position, inputs); });
}

void emit_kernel_by(Emission& e, const plan::Kernel& kernel, const std::vector<Guard>& guards,
                    const BodyAt& body) {
  if (e.along_lanes() && guards.size() == 1 && kernel.space == std::vector{guards[0].along} &&
      kernel.reductions.empty() && !kernel.link) {
    for_each_spike(e, guards[0], [&](const Position& position) { body(position); });
    return;
  }
  ReductionEmitter reductions(e, kernel);
  const auto at = [&](const Position& found) {
    Position position = found;
    if (kernel.link) position.active = existing_synapses(e, position, *kernel.link);
    emit_where_fired(e, position, guards,
                     [&](const Position& here) { reductions.add(here, body(here)); });
  };
  emit_elements(e, reductions.outer(), Position{}, [&](const Position& outer) {
    reductions.begin();
    emit_space(e, reductions.inner(), outer, at);
    reductions.end(outer);
  });
}

void emit_where_fired(Emission& e, Position position, const std::vector<Guard>& guards,
                      const AtPosition& at) {
  if (guards.empty()) return at(position);
  position.active = e.both(position.active, any_guard(e, position, guards));
  e.if_true(e.any(effective(e, position)), [&] { at(position); });
}

llvm::Value* post_index(Emission& e, const Position& position, plan::LinkId link) {
  return neuron_index(e, position, e.plan.links[link], true);
}

llvm::Value* pre_index(Emission& e, const Position& position, plan::LinkId link) {
  return neuron_index(e, position, e.plan.links[link], false);
}

llvm::Value* existing_synapses(Emission& e, const Position& position, plan::LinkId link) {
  const auto* dense = std::get_if<plan::DenseStorage>(&e.plan.links[link].storage);
  BOUTON_CHECK(dense != nullptr, "only dense projections are generated");
  if (dense->one_to_one)
    return e.ir.CreateICmpEQ(index_along(e, position, dense->post),
                             index_along(e, position, dense->pre));
  if (!dense->no_self) return nullptr;
  return e.ir.CreateICmpNE(post_index(e, position, link), pre_index(e, position, link));
}

}  // namespace bouton::codegen
