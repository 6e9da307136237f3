#include "compiler/launch/variability.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "compiler/launch/parameters.h"
#include "compiler/launch/pipeline.h"

namespace bouton::launch {

namespace {

using runtime::Tensor;
using runtime::Value;

Value changed(const Tensor& numbers, const std::function<double(double)>& change) {
  Tensor result = numbers;
  for (double& number : result.data()) number = change(number);
  return result;
}

// Values that many parameters can take, whatever they mean: probabilities, sizes, durations in
// steps, amplitudes.
std::vector<Value> other_values(const Value& value) {
  if (const auto* truth = value.as<bool>()) return {Value(!*truth)};
  const auto* numbers = value.as<Tensor>();
  if (numbers == nullptr) return {};
  return {changed(*numbers, [](double x) { return 2 * x; }),
          changed(*numbers, [](double x) { return x / 2; }),
          changed(*numbers, [](double x) { return x + 1; }),
          changed(*numbers, [](double x) { return x - 1; })};
}

class Trials {
 public:
  Trials(const elaborate::Network& network, const Settings& settings)
      : network_(network), directory_(settings.directory) {
    Session scratch;
    given_ = read_parameters(scratch, settings.parameters)
                 .value_or(std::vector<elaborate::ParameterSetting>{});
  }

  // Nothing where the program refuses the value.
  std::optional<plan::Plan> plan_with(const model::Symbol& parameter, const Value& value) const {
    diagnostics::Diagnostics unheard;
    elaborate::Options options{given_, network_.seed, network_.precision, directory_};
    std::erase_if(options.parameters,
                  [&](const auto& setting) { return setting.name == parameter.name; });
    options.parameters.push_back({parameter.name, value, parameter.type.dimension, source::Span{}});
    const auto network =
        elaborate::elaborate(*network_.program, network_.experiment, options, unheard);
    return network ? lower_network(*network, unheard) : std::nullopt;
  }

 private:
  const elaborate::Network& network_;
  std::string directory_;
  std::vector<elaborate::ParameterSetting> given_;
};

}  // namespace

Variability find_variability(const elaborate::Network& network, const Settings& settings,
                             const plan::Plan& plan) {
  Variability found;
  const Trials trials(network, settings);
  const image::BareShape shape = image::bare_shape(plan);
  for (const model::Parameter& parameter : network.source().parameters) {
    const model::Symbol& symbol = network.source().scope[parameter.symbol];
    bool same_code = false;
    bool other_code = false;
    for (const Value& value : other_values(network.parameters.at(parameter.symbol))) {
      const auto trial = trials.plan_with(symbol, value);
      if (!trial) continue;
      const bool same = image::bare_shape(*trial) == shape;
      if (same) found.pool = image::join(found.pool, image::differences(shape.pool, plan, *trial));
      (same ? same_code : other_code) = true;
    }
    if (other_code) (same_code ? found.partly : found.fixed).push_back(symbol.name);
  }
  return found;
}

}  // namespace bouton::launch
