#include "compiler/elaborate/families.h"

#include "compiler/elaborate/array_expr.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;

// More parts than anyone writes networks of, few enough for tables with an entry for each.
constexpr std::size_t kMostMembers = 100'000;

class Members {
 public:
  Members(const std::string& name, const std::vector<model::FamilyIndex>& family, Builder& builder,
          const std::function<void(const FamilyIndices&)>& declare)
      : name_(name), family_(family), builder_(builder), declare_(declare) {}

  void declare_all() { descend(0); }

 private:
  void descend(std::size_t depth) {
    if (failed_) return;
    if (depth == family_.size()) return declare_(indices_);
    const model::FamilyIndex& index = family_[depth];
    if (const auto* range = std::get_if<model::Range>(&index.range.node))
      return go_through(*range, depth);
    const auto value = evaluate(index.range, builder_.environment);
    if (!value) return fail(value.problem());
    const auto* numbers = value->as<runtime::Tensor>();
    BOUTON_CHECK(numbers != nullptr, "check has found the kind of a family index");
    if (!may_have(numbers->size(), index.range.span)) return;
    for (const double number : numbers->data()) take(number, depth);
  }

  void go_through(const model::Range& range, std::size_t depth) {
    const source::Span span = family_[depth].range.span;
    const auto ends = evaluate_ends(range, span, builder_.environment);
    if (!ends) return fail(ends.problem());
    if (!may_have(ends->count, span)) return;
    for (std::size_t i = 0; i < ends->count; ++i) take((*ends)[i], depth);
  }

  void take(double number, std::size_t depth) {
    const model::FamilyIndex& index = family_[depth];
    const auto whole = runtime::whole_number(number);
    if (!whole) return fail({index.range.span, whole.error().message, ""});
    if (index.symbol) builder_.environment.values[index.symbol->value] = runtime::Value(number);
    indices_.push_back(*whole);
    descend(depth + 1);
    indices_.pop_back();
  }

  bool may_have(std::size_t count, source::Span span) {
    const std::size_t there =
        builder_.network.populations.size() + builder_.network.projections.size();
    if (count <= kMostMembers && there + count <= kMostMembers) return true;
    failed_ = true;
    builder_.diagnostics.report(
        Kind::TooManyMembers, span,
        {name_, std::to_string(std::max(count, there + count)), std::to_string(kMostMembers)});
    return false;
  }

  void fail(const Problem& problem) {
    failed_ = true;
    builder_.report(problem);
  }

  const std::string& name_;
  const std::vector<model::FamilyIndex>& family_;
  Builder& builder_;
  const std::function<void(const FamilyIndices&)>& declare_;
  FamilyIndices indices_;
  bool failed_ = false;
};

}  // namespace

void each_member(const std::string& name, const std::vector<model::FamilyIndex>& family,
                 Builder& builder, const std::function<void(const FamilyIndices&)>& declare) {
  Members(name, family, builder, declare).declare_all();
}

}  // namespace bouton::elaborate
