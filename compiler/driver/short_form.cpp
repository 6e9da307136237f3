#include "compiler/driver/short_form.h"

#include <utility>

#include "compiler/base/check.h"
#include "compiler/model/builtins.h"

namespace bouton::driver {

namespace {

model::Expr as_time(model::Expr duration) {
  if (duration.type.kind != model::Kind::Steps) return duration;
  const source::Span span = duration.span;
  return {span, model::scalar(units::kTime), model::ToTime{std::move(duration)}};
}

// min(duration, longest)
model::Expr limited(model::Expr duration, double longest) {
  const auto min = model::find_builtin("min");
  BOUTON_CHECK(min.has_value(), "there is no function `min`");
  const source::Span span = duration.span;
  model::Call call{*min, {}, {}, false, {}};
  call.arguments.push_back(as_time(std::move(duration)));
  call.arguments.push_back({span, model::scalar(units::kTime), model::Number{longest}});
  return {span, model::scalar(units::kTime), std::move(call)};
}

void shorten(model::Body& body, double longest) {
  for (model::Stmt& stmt : body) {
    if (auto* run = std::get_if<model::Run>(&stmt.node))
      run->duration = limited(std::move(run->duration), longest);
    if (auto* loop = std::get_if<model::For>(&stmt.node)) shorten(loop->body, longest);
    if (auto* every = std::get_if<model::Every>(&stmt.node)) shorten(every->body, longest);
    if (auto* branch = std::get_if<model::If>(&stmt.node)) {
      shorten(branch->when_true, longest);
      shorten(branch->when_false, longest);
    }
  }
}

}  // namespace

elaborate::Network in_short_form(elaborate::Network network, std::int64_t steps_per_run) {
  shorten(network.statements, static_cast<double>(steps_per_run) * network.timestep);
  return network;
}

}  // namespace bouton::driver
