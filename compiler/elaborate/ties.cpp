#include "compiler/elaborate/ties.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/elaborate/expr_walk.h"
#include "compiler/elaborate/owners.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;

// ------------------------------------------------------------------- reading one tie

struct View {
  const model::Quantity* of = nullptr;
  source::Span span;
  bool transposed = false;
  double scale = 1.0;
};

bool has_weights(const model::Expr& expr) {
  bool found = false;
  walk(expr, [&](const model::Expr& part) {
    found = found || std::holds_alternative<model::Quantity>(part.node);
  });
  return found;
}

class ViewReader {
 public:
  explicit ViewReader(Builder& builder) : builder_(builder) {}

  // Check has seen that nothing else can stand here.
  void read(const model::Expr& expr) {
    if (const auto* quantity = std::get_if<model::Quantity>(&expr.node)) {
      view_.of = quantity;
      view_.span = expr.span;
    } else if (const auto* unary = std::get_if<model::Unary>(&expr.node)) {
      read(*unary->operand);
      view_.scale = -view_.scale;
    } else if (const auto* call = std::get_if<model::Call>(&expr.node)) {
      read(call->arguments.front());
      view_.transposed = !view_.transposed;
    } else {
      read(std::get<model::Binary>(expr.node));
    }
  }

  [[nodiscard]] const View& view() const { return view_; }

 private:
  void read(const model::Binary& binary) {
    const bool left = has_weights(*binary.left);
    read(left ? *binary.left : *binary.right);
    const auto factor = evaluate_number(left ? *binary.right : *binary.left, builder_.environment);
    if (!factor) return builder_.report(factor.problem());
    const bool divides = binary.op == model::BinaryOp::Divide;
    view_.scale = divides ? view_.scale / *factor : view_.scale * *factor;
  }

  Builder& builder_;
  View view_;
};

// ----------------------------------------------------------------------- following them

std::string matrix(std::int64_t posts, std::int64_t pres) {
  return fmt::format("[{}, {}]", posts, pres);
}

class Resolver {
 public:
  explicit Resolver(Builder& builder) : builder_(builder) {
    for (const DeclaredTie& tie : builder.ties) by_projection_[tie.from.value] = &tie;
  }

  void resolve(const DeclaredTie& tie) {
    const auto direct = target_of(tie);
    if (!direct || !fits(tie, *direct)) return;
    Tie resolved{tie.span, *direct, tie.transposed, tie.scale};
    std::vector<ProjectionId> path{tie.from};
    while (const DeclaredTie* next = tie_of(resolved.to)) {
      path.push_back(resolved.to);
      if (resolved.to == tie.from) return report_loop(tie, path);
      if (path.size() > builder_.ties.size()) return;  // leads into a loop of others
      const auto further = target_of(*next);
      if (!further) return;
      const bool onwards = resolved.transposed != next->transposed;
      if (loses_weights({tie.from, false}, {resolved.to, resolved.transposed}, {*further, onwards}))
        return report_gap(tie, resolved.to);
      resolved.to = *further;
      resolved.transposed = onwards;
      resolved.scale *= next->scale;
    }
    resolved.scale = builder_.network.arithmetic().round(resolved.scale);
    builder_.network.projections[tie.from].tie = resolved;
  }

 private:
  [[nodiscard]] const DeclaredTie* tie_of(ProjectionId id) const {
    const auto found = by_projection_.find(id.value);
    return found == by_projection_.end() ? nullptr : found->second;
  }

  [[nodiscard]] std::optional<ProjectionId> target_of(const DeclaredTie& tie) const {
    const auto found = builder_.network.owners.find(tie.to);
    if (found == builder_.network.owners.end()) return std::nullopt;
    return std::get<ProjectionId>(found->second);
  }

  bool fits(const DeclaredTie& tie, ProjectionId to) {
    const Projection& from = builder_.network.projections[tie.from];
    const Projection& other = builder_.network.projections[to];
    std::int64_t posts = other.post.count;
    std::int64_t pres = other.pre.count;
    if (tie.transposed) std::swap(posts, pres);
    if (from.post.count == posts && from.pre.count == pres) return true;
    builder_.diagnostics
        .report(Kind::TieShape, tie.span,
                {from.name, matrix(from.post.count, from.pre.count), matrix(posts, pres)})
        .other(other.span, "weights " + matrix(other.post.count, other.pre.count))
        .hint("rows are postsynaptic neurons, columns presynaptic ones");
    return false;
  }

  // One projection of a chain, as the first one sees its matrix.
  struct Seen {
    ProjectionId id;
    bool transposed;
  };

  [[nodiscard]] bool is_at(const Seen& seen, std::int64_t post, std::int64_t pre) const {
    const Projection& projection = builder_.network.projections[seen.id];
    return seen.transposed ? has_synapse(projection, pre, post)
                           : has_synapse(projection, post, pre);
  }

  // Where a view has no synapse its weight is 0, but the weights at the end of the chain are read
  // past it.
  [[nodiscard]] bool loses_weights(const Seen& from, const Seen& middle, const Seen& to) const {
    const auto* dense =
        std::get_if<DenseConnectivity>(&builder_.network.projections[middle.id].connectivity);
    if (dense != nullptr && !dense->no_self) return false;
    const Projection& projection = builder_.network.projections[from.id];
    for (std::int64_t post = 0; post < projection.post.count; ++post)
      for (std::int64_t pre = 0; pre < projection.pre.count; ++pre)
        if (is_at(from, post, pre) && is_at(to, post, pre) && !is_at(middle, post, pre))
          return true;
    return false;
  }

  void report_gap(const DeclaredTie& tie, ProjectionId middle) {
    const Projection& from = builder_.network.projections[tie.from];
    const Projection& through = builder_.network.projections[middle];
    builder_.diagnostics
        .report(Kind::TieThroughFewer, tie.span, {from.name, through.name, from.name})
        .other(through.span, "itself tied, and with fewer synapses")
        .hint("tie both to the projection whose weights they are, with the same synapses");
  }

  // Once for each loop: by its first projection.
  void report_loop(const DeclaredTie& tie, const std::vector<ProjectionId>& path) {
    if (std::ranges::min(path) != tie.from) return;
    std::string names;
    for (const ProjectionId id : path)
      names += (names.empty() ? "`" : " -> `") + builder_.network.projections[id].name + "`";
    builder_.diagnostics
        .report(Kind::TieLoop, tie.span, {builder_.network.projections[tie.from].name, names})
        .hint("one of them needs weights of its own");
  }

  Builder& builder_;
  std::map<std::uint32_t, const DeclaredTie*> by_projection_;
};

}  // namespace

void declare_tie(const model::Expr& view_expr, ProjectionId from, Builder& builder) {
  ViewReader reader(builder);
  reader.read(view_expr);
  const View& view = reader.view();
  OwnerKey to = key_in(builder, view.of->circuit, view.of->owner);
  for (const model::Expr& index : view.of->family_indices) {
    const auto whole = evaluate_whole(index, builder.environment);
    if (!whole) return builder.report(whole.problem());
    to.family_indices.push_back(*whole);
  }
  builder.ties.push_back({view_expr.span, from, to, view.transposed, view.scale});
}

void resolve_ties(Builder& builder) {
  Resolver resolver(builder);
  for (const DeclaredTie& tie : builder.ties) {
    if (!builder.network.owners.contains(tie.to))
      report_missing_owner(tie.to, tie.span, builder);
    else
      resolver.resolve(tie);
  }
}

}  // namespace bouton::elaborate
