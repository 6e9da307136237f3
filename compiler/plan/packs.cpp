#include "compiler/plan/packs.h"

#include <algorithm>

namespace bouton::plan {

namespace {

// What one kernel has in the place of what the other has.
class Comparison {
 public:
  Comparison(const Plan& plan, const Kernel& first, const Kernel& second,
             const Correspond& correspond)
      : plan_(plan), first_(first), second_(second), correspond_(correspond) {}

  bool holds() const {
    return first_.wide == second_.wide && first_.heat == second_.heat &&
           std::ranges::equal(first_.body, second_.body,
                              [&](const Op& a, const Op& b) { return is_alike(a, b); });
  }

 private:
  bool is_alike(const Op& a, const Op& b) const {
    return a.code == b.code && a.in == b.in && a.type == b.type &&
           a.attribute.index() == b.attribute.index() &&
           std::visit([&](const auto& of_a) { return fits(a, of_a, b); }, a.attribute);
  }
  template <typename A>
  bool fits(const Op& op, const A& of_a, const Op& b) const {
    return is_same(op, of_a, std::get<A>(b.attribute));
  }

  bool is_same(const Op&, std::monostate, std::monostate) const { return true; }
  bool is_same(const Op&, const ConstantAttribute& a, const ConstantAttribute& b) const {
    return a.value.index() == b.value.index();
  }
  bool is_same(const Op&, const AxisAttribute&, const AxisAttribute&) const { return true; }
  bool is_same(const Op&, const InputAttribute& a, const InputAttribute& b) const {
    return a.input == b.input;
  }
  bool is_same(const Op& op, const AccessAttribute& a, const AccessAttribute& b) const {
    if (a.at.size() != b.at.size()) return false;
    if (op.code != OpCode::Load) return correspond_(first_.writes[a.slot], second_.writes[b.slot]);
    const Read &of_a = first_.reads[a.slot], &of_b = second_.reads[b.slot];
    return of_a.version == of_b.version &&
           correspond_(std::get<ColumnId>(of_a.what), std::get<ColumnId>(of_b.what));
  }
  bool is_same(const Op&, const FaultAttribute& a, const FaultAttribute& b) const {
    return plan_.faults[a.fault].kind == plan_.faults[b.fault].kind;
  }
  bool is_same(const Op&, const FunctionAttribute& a, const FunctionAttribute& b) const {
    return a.name == b.name;
  }
  bool is_same(const Op&, const StreamAttribute& a, const StreamAttribute& b) const {
    const Stream &of_a = plan_.streams[a.stream], &of_b = plan_.streams[b.stream];
    return of_a.key == of_b.key && of_a.ordinal.has_value() == of_b.ordinal.has_value() &&
           (!of_a.ordinal || correspond_(*of_a.ordinal, *of_b.ordinal));
  }

  const Plan& plan_;
  const Kernel& first_;
  const Kernel& second_;
  const Correspond& correspond_;
};

bool is_of_population(const Plan& plan, AxisId axis) {
  return std::ranges::any_of(plan.populations,
                             [&](const Population& population) { return population.axis == axis; });
}

// At the element's own place, or of what has one cell for all of them.
bool is_own(const Plan& plan, const Kernel& kernel, const Op& op) {
  const auto& access = std::get<AccessAttribute>(op.attribute);
  const bool is_load = op.code == OpCode::Load;
  const Operand what = is_load ? kernel.reads[access.slot].what : kernel.writes[access.slot];
  const auto* id = std::get_if<ColumnId>(&what);
  if (id == nullptr) return false;
  const Column& column = plan.columns[*id];
  if (column.role == Role::Tape) return false;
  if (column.axes.empty()) return is_load;
  return column.axes == kernel.space && access.at == std::vector<Subscript>{kernel.space.front()};
}

// Whether it does the same when it begins anew behind its last check.
bool can_be_repeated(const Kernel& kernel) {
  const auto is_check = [](const Op& op) { return op.code == OpCode::Require; };
  const auto last = std::find_if(kernel.body.rbegin(), kernel.body.rend(), is_check).base();
  return std::none_of(kernel.body.begin(), last, [&](const Op& op) {
    const auto* access = std::get_if<AccessAttribute>(&op.attribute);
    if (access == nullptr || op.code == OpCode::Load) return false;
    const Operand stored = kernel.writes[access->slot];
    const auto reads = [&](const Read& read) {
      return read.what == stored && read.version != Version::PreviousStep;
    };
    return op.code == OpCode::AddTo || op.code == OpCode::SubtractFrom ||
           std::ranges::any_of(kernel.reads, reads);
  });
}

}  // namespace

bool has_checks(const Kernel& kernel) {
  return std::ranges::find(kernel.body, OpCode::Require, &Op::code) != kernel.body.end();
}

bool can_be_packed(const Plan& plan, const Kernel& kernel) {
  if (kernel.link || kernel.space.size() != 1 || !kernel.reductions.empty() ||
      !is_of_population(plan, kernel.space.front()))
    return false;
  const auto is_simple = [&](const Op& op) {
    if (op.code == OpCode::Input) return false;
    return !std::holds_alternative<AccessAttribute>(op.attribute) || is_own(plan, kernel, op);
  };
  return std::ranges::all_of(kernel.body, is_simple) && can_be_repeated(kernel);
}

bool can_lie_side_by_side(const Plan& plan, ColumnId a, ColumnId b) {
  const Column &one = plan.columns[a], &other = plan.columns[b];
  return one.type == other.type && one.wide == other.wide && one.role == other.role &&
         one.sharing == other.sharing && one.buffers.next == other.buffers.next &&
         one.buffers.previous == other.buffers.previous && one.role != Role::Tape &&
         one.axes.size() == 1 && other.axes.size() == 1 && one.axes != other.axes;
}

bool are_alike(const Plan& plan, const Item& first, const Item& second,
               const Correspond& correspond) {
  const Kernel& one = plan.kernels[std::get<KernelId>(first.what)];
  const Kernel& other = plan.kernels[std::get<KernelId>(second.what)];
  const auto see_the_same = [&](EventId a, EventId b) {
    const Event &of_first = plan.events[a], &of_second = plan.events[b];
    return of_first.axis == one.space.front() && of_second.axis == other.space.front() &&
           correspond(of_first.fired, of_second.fired);
  };
  return first.rule == second.rule && std::ranges::equal(first.when, second.when, see_the_same) &&
         Comparison(plan, one, other, correspond).holds();
}

bool are_alike(const Plan& plan, const Pack& pack, const Item& of_first, const Item& of_part,
               std::size_t part) {
  return are_alike(plan, of_first, of_part, [&](ColumnId a, ColumnId b) {
    if (a == b) return plan.columns[a].axes.empty();
    return std::ranges::any_of(pack.rows, [&](const std::vector<ColumnId>& row) {
      return row.front() == a && row[part] == b;
    });
  });
}

}  // namespace bouton::plan
