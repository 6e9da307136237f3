#include "runtime/analysis/shown_unit.h"

#include <utility>

namespace bouton::runtime {

ShownUnit shown_unit(std::string_view coherent) {
  if (coherent == "1") return {};
  if (coherent == "kHz") return {"Hz", 1e3};
  if (coherent == "GOhm") return {"MOhm", 1e3};
  return {std::string(coherent), 1};
}

Value in_unit(Value value, const ShownUnit& unit) {
  auto* numbers = std::get_if<Tensor>(&value.node);
  if (numbers == nullptr || unit.factor == 1) return value;
  for (double& number : numbers->data()) number *= unit.factor;
  return value;
}

}  // namespace bouton::runtime
