#include "tests/numeric/sal/staged.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace bouton::numeric {

namespace {

// Such as build/staged/SalTraining.DivergenceIsThatOfTheReference/T1Interpreted.
std::filesystem::path folder_of_test() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string name = std::string(test->test_suite_name()) + "." + test->name();
  return std::filesystem::path(BOUTON_BUILD_DIR) / "staged" / name;
}

}  // namespace

std::string stage_inputs(const runtime::Tensor& tape, const nlohmann::json& inputs) {
  const std::filesystem::path folder = folder_of_test();
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "inputs.json") << inputs.dump();

  std::ofstream file(folder / "tape.csv");
  for (std::size_t i = 0; i < tape.shape()[1]; ++i) file << (i == 0 ? "u_" : ",u_") << i + 1;
  file << '\n';
  for (std::size_t k = 0; k < tape.shape()[0]; ++k)
    for (std::size_t i = 0; i < tape.shape()[1]; ++i)
      file << tape.at(k, i) << (i + 1 == tape.shape()[1] ? '\n' : ',');
  return folder.string();
}

}  // namespace bouton::numeric
