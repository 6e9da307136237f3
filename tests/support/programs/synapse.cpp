#include <fmt/format.h>

#include <array>

#include "tests/support/programs/component.h"

namespace bouton::fuzz {

namespace {

struct Builder {
  Scope scope;
  bool prompt = false;
  std::string height;  // with the dimension of the psp

  [[nodiscard]] Random& random() const { return *scope.random; }
};

using Write = std::string(Builder&);

// `0 < s and s <= tau`, with or without s = 0, or one step longer without its end.
std::string during(Builder& builder, const std::string& end) {
  if (builder.prompt) return "s <= " + end;
  const std::string begin = write_duration(1, builder.scope.step_us);
  return fmt::format("{} and s {}", builder.random().one_in(2) ? "0 < s" : begin + " <= s",
                     builder.random().one_in(2) ? "<= " + end : "< " + end + " + " + begin);
}

std::string box(Builder& builder) {
  return fmt::format("if {}: {} else: 0", during(builder, use_duration(builder.scope, 8)),
                     builder.height);
}

std::string late_box(Builder& builder) {
  const int begin = builder.prompt ? 0 : builder.random().between(1, 4);
  return fmt::format("if s >= {} and s < {}: {} else: 0",
                     write_duration(begin, builder.scope.step_us),
                     write_duration(begin + builder.random().between(1, 5), builder.scope.step_us),
                     builder.height);
}

std::string ramp(Builder& builder) {
  const std::string end = use_duration(builder.scope, 8);
  return fmt::format("if {}: {} * (1.25 - s/({})) else: 0", during(builder, end), builder.height,
                     end);
}

std::string decay(Builder& builder) {
  const std::string tau = use_duration(builder.scope, 4);
  return fmt::format("if {}: {} * exp(-s/({})) else: 0", during(builder, "2 * " + tau),
                     builder.height, tau);
}

std::string two_levels(Builder& builder) {
  const int first = builder.random().between(1, 4);
  const std::string early = write_duration(first, builder.scope.step_us);
  const std::string late =
      write_duration(first + builder.random().between(1, 5), builder.scope.step_us);
  return fmt::format("if s <= {}: {} else: if s <= {}: -{} * 0.5 else: 0", early,
                     builder.prompt ? builder.height : "0", late, builder.height);
}

constexpr std::array<Way<Write>, 5> kShapes = {
    {{4, box}, {1, late_box}, {2, ramp}, {2, decay}, {1, two_levels}}};

}  // namespace

Synapse make_synapse(const Setting& setting, std::string name, bool prompt, Dimension dimension) {
  std::vector<Parameter> parameters;
  Builder builder{{setting.random, setting.step_us, {}, {}, {}, {}, &parameters}, prompt, "1"};
  if (dimension != Dimension::None || setting.random->one_in(3))
    builder.height = setting.random->one_in(2) ? use_parameter(builder.scope, dimension)
                                               : write_literal(dimension, *setting.random);
  if (builder.height == "0") builder.height = "2";
  const std::string psp = choose(kShapes, *setting.random)(builder);
  const std::string sum = setting.random->word({"renewing\n", "additive\n", "", "renewing\n"});
  const std::string text = fmt::format("synapse {}{} {{\npsp(s) = {}\n{}}}\n", name,
                                       write_parameters(parameters), psp, sum);
  return {std::move(name), text, dimension, prompt};
}

}  // namespace bouton::fuzz
