#include "tests/support/sal/reference.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace bouton::numeric {

using nlohmann::json;
using runtime::Tensor;

std::string read_reference(const std::string& name) {
  std::ifstream stream(BOUTON_SOURCE_DIR "/tests/reference/sal/" + name);
  EXPECT_TRUE(stream.good()) << name;
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

Tensor tensor_of(const json& numbers) {
  if (numbers.is_number()) return Tensor(numbers.get<double>());
  if (!numbers.front().is_array()) return Tensor::vector(numbers.get<std::vector<double>>());
  Tensor matrix(runtime::Shape{numbers.size(), numbers.front().size()});
  for (std::size_t i = 0; i < numbers.size(); ++i)
    for (std::size_t j = 0; j < numbers[i].size(); ++j)
      matrix.at(i, j) = numbers[i][j].get<double>();
  return matrix;
}

}  // namespace bouton::numeric
