#include "compiler/check/quantity.h"

namespace bouton::check {

namespace {

bool are_different_numbers(const ast::Expr& a, const ast::Expr& b) {
  const auto* left = std::get_if<ast::Number>(&a.node);
  const auto* right = std::get_if<ast::Number>(&b.node);
  return left != nullptr && right != nullptr && left->value != right->value;
}

bool may_mean(const std::vector<ast::FamilyIndex>& family,
              const std::vector<const ast::Expr*>& indices) {
  for (std::size_t i = 0; i < indices.size() && i < family.size(); ++i)
    if (!family[i].variable && are_different_numbers(family[i].values, *indices[i])) return false;
  return true;
}

template <typename Piece>
std::vector<const Piece*> select(const std::vector<Piece>& pieces,
                                 const std::vector<const ast::Expr*>& indices) {
  std::vector<const Piece*> selected;
  for (const Piece& piece : pieces)
    if (may_mean(piece.syntax->family, indices)) selected.push_back(&piece);
  return selected;
}

}  // namespace

std::vector<const PopulationPiece*> possible_pieces(const Population& population,
                                                    const std::vector<const ast::Expr*>& indices) {
  return select(population.pieces, indices);
}

std::vector<const ProjectionPiece*> possible_pieces(const Projection& projection,
                                                    const std::vector<const ast::Expr*>& indices) {
  return select(projection.pieces, indices);
}

}  // namespace bouton::check
