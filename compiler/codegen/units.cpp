#include "compiler/codegen/units.h"

#include <algorithm>
#include <utility>

#include "compiler/base/threads.h"
#include "compiler/codegen/advance.h"
#include "compiler/codegen/kept_object.h"
#include "compiler/codegen/stopwatch.h"
#include "compiler/image/kernels.h"

namespace bouton::codegen {

namespace {

template <typename Function>
std::optional<Failure> find(llvm::orc::LLJIT& jit, const std::string& name, Function& found) {
  auto symbol = jit.lookup(name);
  if (!symbol) return Failure{llvm::toString(symbol.takeError())};
  found = symbol->toPtr<Function>();
  return std::nullopt;
}

}  // namespace

Units::Units(plan::Plan plan, Options options, Making making, std::unique_ptr<llvm::orc::LLJIT> jit)
    : plan_(std::move(plan)),
      options_(std::move(options)),
      making_(std::move(making)),
      jit_(std::move(jit)),
      advance_(plan_.schedules.size(), nullptr),
      kernels_(plan_.kernels.size(), nullptr) {
  for (const Unit& unit : units_of(plan_)) {
    pieces_.push_back(std::make_unique<Piece>());
    pieces_.back()->unit = unit;
  }
}

Units::~Units() {
  stopped_ = true;
  for (std::thread& thread : threads_) thread.join();
}

void Units::build_once(Piece& piece) {
  std::call_once(piece.once, [&] {
    piece.begun = true;
    piece.failure = build(piece.unit);
    piece.ended = true;
  });
}

void Units::build_what_nobody_builds() {
  for (const auto& piece : pieces_)
    if (!stopped_ && !piece->begun) build_once(*piece);
}

const std::optional<Failure>& Units::make(std::size_t unit) {
  Piece& piece = *pieces_[unit];
  build_once(piece);
  return piece.failure;
}

std::optional<Failure> Units::make_all() {
  build_what_nobody_builds();
  for (std::size_t unit = 0; unit < count(); ++unit)
    if (const auto& failure = make(unit)) return failure;
  return std::nullopt;
}

runtime::AdvanceFunction Units::advance(plan::ScheduleId schedule) const {
  return advance_[schedule.value];
}

runtime::KernelFunction Units::kernel(plan::KernelId kernel) const {
  return kernels_[kernel.value];
}

void Units::make_in_background() {
  const std::size_t wanted = std::min<std::size_t>(std::thread::hardware_concurrency(), count());
  if (wanted > 1) start_threads(threads_, wanted - 1, [this] { build_what_nobody_builds(); });
}

Costs Units::costs() const {
  const std::lock_guard lock(mutex_);
  return costs_;
}

std::optional<Failure> Units::build(const Unit& unit) {
  Costs costs;
  auto failure = build(unit, costs);
  const std::lock_guard lock(mutex_);
  costs_ += costs;
  return failure;
}

std::optional<Failure> Units::build(const Unit& unit, Costs& costs) {
  const auto created = create_target_machine(options_);
  if (const auto* failure = std::get_if<Failure>(&created)) return *failure;
  llvm::TargetMachine& machine = *std::get<TargetMachine>(created);
  llvm::LLVMContext context;
  auto emitted = emit(unit, context, machine, costs);
  if (auto* failure = std::get_if<Failure>(&emitted)) return std::move(*failure);
  const auto object =
      object_of(std::get<Module>(std::move(emitted)), options_, machine, making_.cache, costs);
  if (const auto* failure = std::get_if<Failure>(&object)) return *failure;
  const Stopwatch measured(costs.load);
  return load(unit, std::get<std::string>(object));
}

std::variant<Module, Failure> Units::emit(const Unit& unit, llvm::LLVMContext& context,
                                          const llvm::TargetMachine& machine, Costs& costs) const {
  const Stopwatch measured(costs.emit);
  return emit_module(plan_, options_, {&unit, 1}, context, machine);
}

std::optional<Failure> Units::load(const Unit& unit, const std::string& object) {
  if (auto error = jit_->addObjectFile(llvm::MemoryBuffer::getMemBufferCopy(object)))
    return Failure{llvm::toString(std::move(error))};
  if (unit.schedule)
    return find(*jit_, advance_name(*unit.schedule), advance_[unit.schedule->value]);
  for (const plan::KernelId id : image::kernels_outside_of_schedules(plan_))
    if (auto failure = find(*jit_, kernel_name(id), kernels_[id.value])) return failure;
  return std::nullopt;
}

}  // namespace bouton::codegen
