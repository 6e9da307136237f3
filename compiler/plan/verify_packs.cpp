// Rule: packs are made of populations of one circuit, and each row of columns of one kind of
// column, one of each population, all different.
#include <fmt/format.h>

#include <set>

#include "compiler/plan/packs.h"
#include "compiler/plan/print_parts.h"
#include "compiler/plan/verify_rules.h"

namespace bouton::plan {
namespace {

class PackVerifier {
 public:
  PackVerifier(const Plan& plan, Messages& messages) : plan_(plan), messages_(messages) {}

  void verify(PackId id) {
    const Pack& pack = plan_.packs[id];
    if (pack.populations.size() < 2) say("{} packs nothing together", print(id));
    for (const PopulationId population : pack.populations) {
      if (!populations_.insert(population).second)
        say("{}: {} is packed twice", print(id), print(population));
      if (plan_.populations[population].circuit !=
          plan_.populations[pack.populations.front()].circuit)
        say("{}: {} is of another circuit", print(id), print(population));
    }
    for (const auto& row : pack.rows) verify_row(id, row);
  }

 private:
  void verify_row(PackId id, const std::vector<ColumnId>& row) {
    const Pack& pack = plan_.packs[id];
    if (row.size() != pack.populations.size())
      return say("{}: a row of {} columns, of {} populations", print(id), row.size(),
                 pack.populations.size());
    for (std::size_t part = 0; part < row.size(); ++part) {
      const AxisId axis = plan_.populations[pack.populations[part]].axis;
      if (plan_.columns[row[part]].axes != std::vector{axis})
        say("{}: {} is not over the neurons of {}", print(id), print(row[part]),
            print(pack.populations[part]));
      if (part > 0 && !can_lie_side_by_side(plan_, row.front(), row[part]))
        say("{}: {} does not fit beside {}", print(id), print(row[part]), print(row.front()));
      if (!columns_.insert(row[part]).second)
        say("{}: {} is packed twice", print(id), print(row[part]));
    }
  }

  template <typename... Words>
  void say(fmt::format_string<Words...> text, Words&&... words) {
    messages_.push_back(fmt::format(text, std::forward<Words>(words)...));
  }

  const Plan& plan_;
  Messages& messages_;
  std::set<PopulationId> populations_;
  std::set<ColumnId> columns_;
};

}  // namespace

void verify_packs(const Plan& plan, Messages& messages) {
  PackVerifier verifier(plan, messages);
  for (const PackId id : plan.packs.ids()) verifier.verify(id);
}

}  // namespace bouton::plan
