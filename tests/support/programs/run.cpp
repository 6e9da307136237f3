#include <fmt/format.h>

#include <array>

#include "tests/support/programs/expression.h"
#include "tests/support/programs/stage.h"

namespace bouton::fuzz {

namespace {

struct Result {
  std::string name;
  Shape shape;
  Dimension dimension = Dimension::None;
  bool is_array = true;
};

// What is observed of one run; `steps` is its length.
struct Observer {
  Stage& stage;
  int steps = 0;
  std::vector<Result> results;

  [[nodiscard]] Random& random() const { return stage.random(); }
};

using Write = std::string(Observer&);

const Population& some_population(const Observer& observer) {
  return observer.random().pick(observer.stage.network->populations);
}

std::string duration(const Observer& observer, int steps) {
  return write_duration(steps, observer.stage.setting.step_us);
}

// `every T after T0` with at least one sample.
std::string sampling(Observer& observer, int* samples) {
  int every = 1;
  int after = 0;
  std::string text;
  if (observer.random().one_in(2)) {
    every = observer.random().between(1, observer.steps);
    text += " every " + duration(observer, every);
  }
  if (observer.random().one_in(3)) {
    after = observer.random().below(observer.steps);
    if (after > 0) text += " after " + duration(observer, after);
  }
  *samples = (observer.steps - after + every - 1) / every;
  return text;
}

// A quantity that changes during runs, without dimension where it is part of an expression.
struct Watched {
  std::string text;
  Shape shape;
  Dimension dimension = Dimension::None;
};

void watch_population(std::vector<Watched>& watched, const Population& population,
                      bool only_numbers) {
  const auto add = [&](const std::string& name, Dimension dimension) {
    if (!only_numbers || dimension == Dimension::None)
      watched.push_back({population.name + "." + name, {population.size}, dimension});
  };
  for (const Field& state : population.neuron->states) add(state.name, state.dimension);
  for (const Field& field : population.neuron->algebraics) add(field.name, field.dimension);
  for (const Input& input : population.neuron->inputs) add(input.name, input.dimension);
  add("spike_probability", Dimension::None);
}

std::vector<Watched> all_watched(const Network& network, bool only_numbers) {
  std::vector<Watched> watched;
  for (const Population& population : network.populations)
    watch_population(watched, population, only_numbers);
  for (const Projection& projection : network.projections) {
    if (projection.rules.empty()) continue;
    if (!only_numbers || projection.weight == Dimension::None)
      watched.push_back({projection.name + ".w", projection.shape, projection.weight});
    for (const LearningRule& rule : projection.rules)
      for (const std::string& state : rule.rule->states)
        watched.push_back(
            {fmt::format("{}.{}.{}", projection.name, rule.name, state), projection.shape});
  }
  return watched;
}

// Quantities of one shape, combined element by element.
Watched watched_expression(Observer& observer) {
  const auto watched = all_watched(*observer.stage.network, true);
  const Watched first = observer.random().pick(watched);
  std::vector<Watched> alike;
  for (const Watched& other : watched)
    if (other.shape == first.shape) alike.push_back(other);
  std::string text = first.text;
  for (int count = observer.random().between(1, 2); count > 0; --count) {
    if (observer.random().one_in(3))
      text = fmt::format("tanh({})", text);
    else
      text = fmt::format("({} {} {})", text, observer.random().word({"+", "-", "*"}),
                         observer.random().one_in(2)
                             ? write_literal(Dimension::None, observer.random())
                             : observer.random().pick(alike).text);
  }
  return {text, first.shape};
}

std::string reduce(Observer& observer) {
  const Watched what = observer.random().one_in(3)
                           ? watched_expression(observer)
                           : observer.random().pick(all_watched(*observer.stage.network, false));
  const std::string name = observer.stage.fresh_name("o");
  int samples = 0;
  const std::string when = sampling(observer, &samples);
  const std::string reducer =
      observer.random().word({"mean", "sum", "variance", "min", "max", "last"});
  observer.results.push_back({name, what.shape, what.dimension});
  return fmt::format("{} = {}({}){}\n", name, reducer, what.text, when);
}

std::string count_spikes(Observer& observer) {
  const Population& population = some_population(observer);
  const std::string name = observer.stage.fresh_name("o");
  observer.results.push_back({name, {population.size}});
  const std::string after =
      observer.random().one_in(3)
          ? " after " + duration(observer, observer.random().between(1, observer.steps))
          : "";
  return fmt::format("{} = count({}){}\n", name, population.name, after);
}

std::string list_spikes(Observer& observer) {
  const std::string name = observer.stage.fresh_name("o");
  observer.results.push_back({name, {}, Dimension::None, false});
  return fmt::format("{} = spikes({})\n", name, some_population(observer).name);
}

std::string take_samples(Observer& observer) {
  const Watched what = observer.random().pick(all_watched(*observer.stage.network, false));
  const std::string name = observer.stage.fresh_name("o");
  int samples = 0;
  const std::string when = sampling(observer, &samples);
  Shape shape = what.shape;
  shape.insert(shape.begin(), samples);
  observer.results.push_back({name, shape, what.dimension});
  return fmt::format("{} = samples({}){}\n", name, what.text, when);
}

std::string histogram(Observer& observer) {
  const Population& population = some_population(observer);
  if (population.size > 5 || population.neuron->truths.empty()) return count_spikes(observer);
  const std::string name = observer.stage.fresh_name("o");
  int samples = 0;
  const std::string when = sampling(observer, &samples);
  observer.results.push_back({name, {1 << population.size}});
  return fmt::format("{} = histogram_of_states({}.{}){}\n", name, population.name,
                     observer.random().pick(population.neuron->truths), when);
}

constexpr std::array<Way<Write>, 5> kObservations = {
    {{6, reduce}, {2, count_spikes}, {1, list_spikes}, {2, take_samples}, {1, histogram}}};

}  // namespace

std::string write_run(Stage& stage) {
  Observer observer{stage, stage.random().between(1, 60), {}};
  if (stage.random().one_in(4)) observer.steps = stage.random().between(60, 250);
  if (observer.steps > 200) observer.steps *= 4;  // enough for tables of eight truth values
  std::string text = "run " + duration(observer, observer.steps);
  if (stage.random().one_in(6)) text += " frozen";
  const int count = stage.random().between(0, 4);
  if (count > 0) text += " observing {\n";
  for (int i = 0; i < count; ++i) text += choose(kObservations, stage.random())(observer);
  text += count > 0 ? "}\n" : "\n";
  std::string columns;
  for (const Result& result : observer.results) {
    columns += (columns.empty() ? "record " : ", ") + result.name;
    if (result.is_array && result.dimension == Dimension::None)
      declare(stage, {result.name, result.shape});
  }
  return text + columns + (columns.empty() ? "" : "\n");
}

}  // namespace bouton::fuzz
