// Operations and bytes, by what sets them off.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/base/text_table.h"
#include "compiler/explain/explain.h"
#include "compiler/explain/work.h"

namespace bouton::explain {

class CostTable {
 public:
  explicit CostTable(const Subject& subject) : subject_(subject) {}

  void add(const Work& work);
  // With a heading; a last row for each cause adds up those above it.
  [[nodiscard]] std::string print(std::size_t indent) const;

 private:
  struct Group {
    std::string cause;  // "each step", "each presynaptic spike"
    std::vector<std::pair<std::vector<std::string>, Cost>> rows;
  };
  Group& group(const std::string& cause);

  const Subject& subject_;
  std::vector<Group> groups_;
};

// How a method and where it stands is written below a row of origins: what, text, place, and the
// method with its cause.
void add_origin(TextTable& table, const Subject& subject, const plan::Origin& origin);

}  // namespace bouton::explain
