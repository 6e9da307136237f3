#include "compiler/plan/plan.h"

namespace bouton::plan {

bool belongs_to_checkpoint(Role role) { return role != Role::Scratch && role != Role::Constant; }

std::vector<ColumnId> checkpoint_of(const Table<ColumnId, Column>& columns) {
  std::vector<ColumnId> checkpoint;
  for (const ColumnId id : columns.ids())
    if (belongs_to_checkpoint(columns[id].role)) checkpoint.push_back(id);
  return checkpoint;
}

}  // namespace bouton::plan
