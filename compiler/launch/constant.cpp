#include "compiler/launch/constant.h"

#include <algorithm>
#include <array>

#include "compiler/check/check.h"
#include "compiler/elaborate/evaluate.h"
#include "compiler/elaborate/expr_walk.h"
#include "compiler/launch/session.h"
#include "compiler/model/builtins.h"
#include "compiler/parse/parse.h"

namespace bouton::launch {

namespace {

// A default is read and computed as everything else that the experiment says.
constexpr std::string_view kFrame = "experiment Value(value = ";

NoConstant refuse(const std::string& text, std::string headline, std::string hint) {
  return {0, text.size(), std::move(headline), std::move(hint)};
}

NoConstant refuse_plainly(const std::string& text) {
  return refuse(text, "this is no value of numbers and units",
                "write a number with its unit such as `0.1/s`, an array `[1, 2]`, a text in "
                "quotes, or true or false");
}

NoConstant first_error(const diagnostics::Diagnostics& said, const std::string& text) {
  for (const diagnostics::Diagnostic& message : said.all()) {
    if (diagnostics::severity_of(message.kind) != diagnostics::Severity::Error) continue;
    const auto within = [&](std::uint32_t offset) {
      const std::size_t behind = std::max<std::size_t>(offset, kFrame.size()) - kFrame.size();
      return std::min(behind, text.size());
    };
    return {within(message.span.begin), within(message.span.end), message.headline, message.hint};
  }
  return refuse_plainly(text);
}

// Numbers and what is computed of them.
bool is_constant(const model::Expr& expr) {
  bool constant = true;
  elaborate::walk(expr, [&](const model::Expr& part) {
    if (std::holds_alternative<model::Ref>(part.node)) constant = false;
    const auto* call = std::get_if<model::Call>(&part.node);
    const auto* id = call != nullptr ? std::get_if<model::BuiltinId>(&call->callee) : nullptr;
    if (call != nullptr && (id == nullptr || model::builtin(*id).where != model::Where::Anywhere))
      constant = false;
  });
  return constant;
}

std::variant<Constant, NoConstant> evaluate(const model::Program& program,
                                            const std::string& text) {
  const model::Experiment& frame = program.experiments[model::ExperimentId{0}];
  const auto& value = frame.parameters.front().default_value;
  if (!value || !is_constant(*value)) return refuse_plainly(text);
  elaborate::Environment environment;
  environment.program = &program;
  environment.scope = &frame.scope;
  environment.values.resize(frame.scope.all().size());
  environment.functions.resize(environment.values.size());
  const auto result = elaborate::evaluate(*value, environment);
  if (!result) return refuse(text, result.problem().message, result.problem().hint);
  return Constant{*result, value->type.dimension};
}

}  // namespace

std::variant<Constant, NoConstant> evaluate_constant(const std::string& text) {
  Session scratch;
  const auto loaded =
      scratch.sources.add_text("value", std::string(kFrame) + text + ") { print value }\n");
  const auto* id = std::get_if<source::FileId>(&loaded);
  if (id == nullptr) return refuse_plainly(text);
  const auto file = parse::parse(scratch.sources, *id, scratch.diagnostics);
  if (!file) return first_error(scratch.diagnostics, text);
  const auto program = check::check(std::array{*file}, scratch.diagnostics);
  if (!program) return first_error(scratch.diagnostics, text);
  const bool one_experiment = program->experiments.size() == 1 &&
                              program->experiments[model::ExperimentId{0}].parameters.size() == 1;
  return one_experiment ? evaluate(*program, text)
                        : std::variant<Constant, NoConstant>(refuse_plainly(text));
}

bool is_plain_zero(const runtime::Value& value, units::Dimension dimension) {
  const auto* numbers = value.as<runtime::Tensor>();
  const auto is_zero = [](double number) { return number == 0.0; };
  return dimension.dimensionless() && numbers != nullptr &&
         std::ranges::all_of(numbers->data(), is_zero);
}

}  // namespace bouton::launch
