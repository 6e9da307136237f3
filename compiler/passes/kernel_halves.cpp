#include "compiler/passes/kernel_halves.h"

#include <cstdint>
#include <map>
#include <utility>

#include "compiler/base/check.h"
#include "compiler/passes/dead_ops.h"
#include "compiler/passes/value_copier.h"
#include "compiler/plan/builder.h"

namespace bouton::passes {

namespace {

using plan::ValueId;

class Splitter {
 public:
  Splitter(plan::Plan& plan, plan::KernelId id, const std::vector<bool>& is_first)
      : plan_(plan), id_(id), original_(plan.kernels[id]), is_first_(is_first) {}

  Halves split(std::string name_of_first) {
    const plan::KernelId first = first_half(std::move(name_of_first));
    const plan::KernelId second = second_half(first);
    remove_dead_ops(plan_.kernels[first]);
    remove_dead_ops(plan_.kernels[second]);
    return {first, second};
  }

 private:
  plan::KernelId first_half(std::string name) {
    plan::KernelBuilder kernel = plan::kernel_like(plan_, id_, std::move(name));
    repeat(kernel, true, [&](ValueId value) { return first_.at(value); }, first_);
    return kernel.finish();
  }

  plan::KernelId second_half(plan::KernelId first) {
    plan::KernelBuilder kernel = plan::kernel_like(plan_, id_, original_.name);
    for (const plan::Origin& origin : original_.origins) kernel.origin(origin);
    KeptValues kept;
    ValueCopier copier(plan_, first, kernel, kept);
    std::map<ValueId, ValueId> second;
    const auto here = [&](ValueId value) {
      return is_first_[value.value] ? copier.copy(first_.at(value)) : second.at(value);
    };
    repeat(kernel, false, here, second);
    return kernel.finish();
  }

  template <typename Here>
  void repeat(plan::KernelBuilder& kernel, bool of_first, const Here& here,
              std::map<ValueId, ValueId>& made) {
    for (std::uint32_t i = 0; i < original_.body.size(); ++i)
      if (is_first_[i] == of_first)
        made[ValueId{i}] = kernel.repeat(original_, original_.body[i], here);
  }

  plan::Plan& plan_;
  plan::KernelId id_;
  const plan::Kernel original_;
  const std::vector<bool>& is_first_;
  std::map<ValueId, ValueId> first_;  // of the original's values, in the first half
};

}  // namespace

Halves split_kernel(plan::Plan& plan, plan::KernelId id, const std::vector<bool>& is_first,
                    std::string name_of_first) {
  BOUTON_CHECK(plan.kernels[id].reductions.empty(), "a kernel that reduces is not split");
  return Splitter(plan, id, is_first).split(std::move(name_of_first));
}

}  // namespace bouton::passes
