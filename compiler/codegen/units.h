// The code of a plan in this process, unit by unit (module.h): each is made by whoever needs it
// first, or by a thread that has nothing else to do, from the cache if it is there.
#pragma once

#include <llvm/ExecutionEngine/Orc/LLJIT.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "compiler/codegen/codegen.h"
#include "compiler/codegen/module.h"

namespace bouton::codegen {

class Units {
 public:
  Units(plan::Plan plan, Options options, Making making, std::unique_ptr<llvm::orc::LLJIT> jit);
  // Waits for units that are being made; the code goes.
  ~Units();
  Units(const Units&) = delete;
  Units& operator=(const Units&) = delete;

  [[nodiscard]] std::size_t count() const { return pieces_.size(); }
  // Makes the unit unless it is made; while another thread is at it, waits for that. Nothing, or
  // why there is no code, then as always.
  [[nodiscard]] const std::optional<Failure>& make(std::size_t unit);
  [[nodiscard]] std::optional<Failure> make_all();
  [[nodiscard]] bool is_made(std::size_t unit) const { return pieces_[unit]->ended; }
  // Of a unit that is made.
  [[nodiscard]] runtime::AdvanceFunction advance(plan::ScheduleId schedule) const;
  [[nodiscard]] runtime::KernelFunction kernel(plan::KernelId kernel) const;
  // Other threads make all units, in order, as many at a time as the machine has processors, with
  // the one that goes on here.
  void make_in_background();
  [[nodiscard]] Costs costs() const;

 private:
  struct Piece {
    Unit unit;
    std::once_flag once;
    std::atomic<bool> begun = false;
    std::atomic<bool> ended = false;
    std::optional<Failure> failure;
  };

  void build_once(Piece& piece);
  void build_what_nobody_builds();
  [[nodiscard]] std::optional<Failure> build(const Unit& unit);
  [[nodiscard]] std::optional<Failure> build(const Unit& unit, Costs& costs);
  [[nodiscard]] std::variant<Module, Failure> emit(const Unit& unit, llvm::LLVMContext& context,
                                                   const llvm::TargetMachine& machine,
                                                   Costs& costs) const;
  [[nodiscard]] std::optional<Failure> load(const Unit& unit, const std::string& object);

  const plan::Plan plan_;
  const Options options_;
  const Making making_;
  std::unique_ptr<llvm::orc::LLJIT> jit_;
  std::vector<std::unique_ptr<Piece>> pieces_;
  std::vector<runtime::AdvanceFunction> advance_;
  std::vector<runtime::KernelFunction> kernels_;
  mutable std::mutex mutex_;  // of the costs
  Costs costs_;
  std::atomic<bool> stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace bouton::codegen
