// What the checker accepts in an experiment is what the runtime can call.
#include "compiler/model/builtins.h"

#include <gtest/gtest.h>

#include "runtime/library/functions.h"

namespace bouton::runtime {
namespace {

// Files are read by elaborate, which knows the folder of the source.
bool is_called_by_experiments(const model::Builtin& builtin) {
  return builtin.where != model::Where::Neuron && builtin.signature != model::Signature::File;
}

TEST(Builtins, AllThatExperimentsCallAreInTheLibrary) {
  for (const model::Builtin& builtin : model::builtins()) {
    if (!is_called_by_experiments(builtin)) continue;
    const Function* function = find_function(builtin.name);
    ASSERT_NE(function, nullptr) << builtin.name;
    EXPECT_EQ(function->min_arguments, builtin.min_arguments) << builtin.name;
    EXPECT_EQ(function->max_arguments, builtin.max_arguments) << builtin.name;
  }
}

TEST(Builtins, AllLibraryFunctionsAreKnownToTheChecker) {
  for (const Function& function : functions()) {
    EXPECT_TRUE(model::find_builtin(function.name).has_value()) << function.name;
  }
}

TEST(Builtins, ThoseThatTakeASeedDrawRandomNumbers) {
  for (const model::Builtin& builtin : model::builtins()) {
    const Function* function = find_function(builtin.name);
    if (function == nullptr) continue;
    EXPECT_EQ(function->draws.has_value(), builtin.named == "seed") << builtin.name;
  }
}

}  // namespace
}  // namespace bouton::runtime
