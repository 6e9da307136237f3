// Variables of populations, projections and their rules as experiments name them: `z.bias`, `W.w`,
// `W.hebb.c`, `net.pyr[l].u`. A variable of a population is a vector over its neurons, one of a
// projection a matrix [post, pre] or, if it is sparse, a vector over synapses.
#pragma once

#include <optional>
#include <vector>

#include "compiler/check/owner.h"

namespace bouton::check {

struct QuantityUse {
  model::Quantity quantity;
  source::Span span;
  Type type;
  model::SymbolKind kind = model::SymbolKind::Parameter;
  source::Span declared;  // empty for what no text declares (`W.w`)
  std::size_t end = 0;    // the first step of the path behind it
};

// Reports names that the owner does not have. Requires starts_with_owner.
[[nodiscard]] std::optional<QuantityUse> resolve_quantity(const Path& path, BodyContext& body);

// Context::read_path of circuits and experiments.
[[nodiscard]] std::optional<Typed> read_quantity(const ast::Expr& expr, BodyContext& body);

// The pieces that an index may mean: two different numbers exclude each other, all else may be
// equal.
[[nodiscard]] std::vector<const PopulationPiece*> possible_pieces(
    const Population& population, const std::vector<const ast::Expr*>& indices);
[[nodiscard]] std::vector<const ProjectionPiece*> possible_pieces(
    const Projection& projection, const std::vector<const ast::Expr*>& indices);

}  // namespace bouton::check
