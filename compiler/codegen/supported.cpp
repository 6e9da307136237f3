#include "compiler/codegen/supported.h"

#include <variant>

namespace bouton::codegen {

std::optional<std::string> why_unsupported(const plan::Plan& plan) {
  if (!plan.denses.empty()) return "dense matrix products";
  if (plan.math == plan::MathMode::Fast) return "relaxed arithmetic";
  for (const plan::Schedule& schedule : plan.schedules)
    if (schedule.clock == plan::Schedule::Clock::PerLane) return "a clock for each lane";
  for (const plan::Link& link : plan.links)
    if (!std::holds_alternative<plan::DenseStorage>(link.storage))
      return "projections that are not dense";
  for (const plan::Handler& handler : plan.handlers)
    if (handler.pairs && (handler.pairs->pairing.kind == plan::Pairing::Kind::PreCentred ||
                          handler.pairs->pairing.kind == plan::Pairing::Kind::PostCentred))
      return "pairings centred on one side";
  return std::nullopt;
}

}  // namespace bouton::codegen
