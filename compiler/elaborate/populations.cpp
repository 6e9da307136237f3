#include "compiler/elaborate/populations.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/elaborate/families.h"
#include "compiler/elaborate/growing_decays.h"
#include "compiler/elaborate/owners.h"
#include "compiler/elaborate/parameter_values.h"
#include "compiler/elaborate/time_constants.h"

namespace bouton::elaborate {

namespace {

using diagnostics::Kind;

constexpr double kMostBytes = 0x1p34;
constexpr double kGigabyte = 1e9;

// The least a neuron takes: one number for each of its symbols now and one step ago.
double bytes_of(const model::Neuron& neuron, std::int64_t size) {
  const double symbols = static_cast<double>(std::max<std::size_t>(neuron.scope.all().size(), 1));
  return static_cast<double>(size) * symbols * 2.0 * sizeof(double);
}

std::optional<std::int64_t> evaluate_size(const model::PopulationDecl& decl,
                                          const std::string& name, Builder& builder) {
  const auto size = evaluate_whole(decl.size, builder.environment);
  if (!size) {
    builder.report(size.problem());
    return std::nullopt;
  }
  if (*size >= 1) return *size;
  builder.diagnostics.report(Kind::BadPopulationSize, decl.size.span,
                             {name, std::to_string(*size)});
  return std::nullopt;
}

void add_member(const model::PopulationDecl& decl, const std::string& name,
                const FamilyIndices& indices, source::Span span, Builder& builder) {
  const model::Neuron& neuron = builder.program.neurons[decl.neuron];
  const auto size = evaluate_size(decl, name, builder);
  if (!size || !fits_memory(name, bytes_of(neuron, *size), decl.size.span, builder)) return;
  Population population{builder.qualified(name), span, decl.neuron, *size, {}, builder.circuit};
  population.parameters =
      build_parameter_values({neuron.scope, neuron.parameters, neuron.timestep}, decl.arguments,
                             runtime::Shape{static_cast<std::size_t>(*size)}, builder);
  check_time_constants(population, builder);
  warn_of_growth(population, builder);
  OwnerKey key = key_in(builder, {}, decl.symbol);
  key.family_indices = indices;
  declare_owner(key, builder.network.populations.add(std::move(population)), span, builder);
}

}  // namespace

bool fits_memory(const std::string& name, double bytes, source::Span span, Builder& builder) {
  builder.bytes += bytes;
  if (builder.bytes <= kMostBytes) return true;
  const bool alone = bytes > kMostBytes;
  builder.diagnostics.report(Kind::NetworkTooLarge, span,
                             {alone ? name : builder.network.circuits[CircuitId{0}].name,
                              fmt::format("{:.1f}", (alone ? bytes : builder.bytes) / kGigabyte),
                              fmt::format("{:.1f}", kMostBytes / kGigabyte)});
  return false;
}

void add_population(const model::PopulationDecl& decl, source::Span span, Builder& builder) {
  const std::string& name = builder.scope()[decl.symbol].name;
  declare_family(decl.symbol, decl.family, builder, [&](const FamilyIndices& indices) {
    add_member(decl, member_name(name, indices), indices, span, builder);
  });
}

}  // namespace bouton::elaborate
