// A plan compiled to native code with memory to run in: what the tests of generated code hold in
// their hands.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <vector>

#include "compiler/codegen/codegen.h"
#include "compiler/plan/builder.h"
#include "compiler/plan/verifier.h"

namespace bouton::codegen {

class Machine {
 public:
  Machine(const plan::Plan& plan, const Options& options, const Making& making = {}) {
    auto compiled = compile(plan, options, making);
    if (auto* failure = std::get_if<Failure>(&compiled)) throw std::runtime_error(failure->message);
    code_ = std::get<NativeCode>(std::move(compiled));
    memory_.reset(static_cast<unsigned char*>(
        std::aligned_alloc(64, static_cast<std::size_t>(code_.layout.bytes + 64) / 64 * 64)));
    std::memset(memory_.get(), 0, static_cast<std::size_t>(code_.layout.bytes));
    for (int lane = 0; lane < code_.layout.lanes; ++lane) seed(lane, 0);
  }

  [[nodiscard]] const NativeCode& code() const { return code_; }
  void* arena() { return memory_.get(); }

  void seed(int lane, std::uint64_t value) {
    std::memcpy(memory_.get() + code_.layout.seeds_offset + std::int64_t{8} * lane, &value, 8);
  }

  // One cell of a column; `element` is its row-major position.
  template <typename T>
  T& at(plan::ColumnId column, std::int64_t element, int lane = 0) {
    const runtime::ColumnLayout& layout = code_.layout.columns[column.value];
    const std::int64_t lanes = layout.per_lane ? code_.layout.lanes : 1;
    return reinterpret_cast<T*>(memory_.get() + layout.offset)[element * lanes + lane];
  }
  template <typename T>
  std::vector<T> all(plan::ColumnId column, int lane = 0) {
    std::vector<T> values;
    for (std::int64_t i = 0; i < code_.layout.columns[column.value].elements(); ++i)
      values.push_back(at<T>(column, i, lane));
    return values;
  }

  runtime::StatusSlot& status() {
    return *reinterpret_cast<runtime::StatusSlot*>(memory_.get() + code_.layout.status_offset);
  }
  runtime::ObserverSlot& observer(plan::ObserverId id) {
    return reinterpret_cast<runtime::ObserverSlot*>(memory_.get() +
                                                    code_.layout.observers_offset)[id.value];
  }

  std::int64_t advance(plan::ScheduleId schedule, std::int64_t first, std::int64_t until,
                       std::int64_t run_begin = 0) {
    return (*code_.advance_of(schedule.value))(arena(), nullptr, first, until, run_begin);
  }

 private:
  struct Free {
    void operator()(unsigned char* memory) const { std::free(memory); }
  };
  NativeCode code_;
  std::unique_ptr<unsigned char, Free> memory_;
};

}  // namespace bouton::codegen
