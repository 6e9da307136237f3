#include "runtime/library/functions.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/library/distributions.h"
#include "runtime/library/elementary.h"
#include "runtime/library/matrices.h"
#include "runtime/library/random_arrays.h"
#include "runtime/library/reductions.h"
#include "runtime/library/sequences.h"

namespace bouton::runtime {
namespace {

constexpr Function kFunctions[] = {
#define BOUTON_FUNCTION(name, least, most, function) {#name, least, most, std::nullopt, function},
#define BOUTON_RANDOM_FUNCTION(name, least, most, kind, function) \
  {#name, least, most, random::DrawKind::kind, function},
#include "runtime/library/functions.def"
#undef BOUTON_FUNCTION
#undef BOUTON_RANDOM_FUNCTION
};

}  // namespace

std::span<const Function> functions() { return kFunctions; }

const Function* find_function(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(kFunctions), std::end(kFunctions),
                   [name](const Function& function) { return function.name == name; });
  return found == std::end(kFunctions) ? nullptr : found;
}

Result<Value> call_function(const Function& function, const Arguments& arguments) {
  const auto count = static_cast<int>(arguments.values.size());
  const bool too_many = function.max_arguments >= 0 && count > function.max_arguments;
  if (count < function.min_arguments || too_many) {
    return Error{fmt::format("`{}` takes {} argument{}, not {}", function.name,
                             too_many ? function.max_arguments : function.min_arguments,
                             function.max_arguments == 1 ? "" : "s", count)};
  }
  return function.call(arguments);
}

}  // namespace bouton::runtime
