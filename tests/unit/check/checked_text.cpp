#include "tests/unit/check/checked_text.h"

#include "compiler/base/check.h"
#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/parse/parse.h"

namespace bouton::check {

namespace {

CheckedText check_file(const source::SourceMap& sources, source::FileId file) {
  diagnostics::Diagnostics diagnostics;
  CheckedText result;
  if (const auto parsed = parse::parse(sources, file, diagnostics))
    result.program = check({&*parsed, 1}, diagnostics);
  for (const auto& message : diagnostics.all())
    result.messages.push_back({std::string(diagnostics::name_of(message.kind)),
                               std::string(sources.text(message.span)), message.headline,
                               message.hint});
  result.rendered = diagnostics::render_text(diagnostics, sources);
  return result;
}

template <typename Table>
const auto& named(const Table& table, std::string_view name) {
  for (const auto& element : table)
    if (element.name == name) return element;
  BOUTON_UNREACHABLE("the test asks for a declaration that its text does not have");
}

}  // namespace

CheckedText check_text(std::string_view text) {
  source::SourceMap sources;
  return check_file(sources, std::get<source::FileId>(sources.add_text("test.bouton", text)));
}

CheckedText check_program_file(const std::string& path) {
  source::SourceMap sources;
  return check_file(sources, std::get<source::FileId>(sources.load(path)));
}

std::string sole_message(std::string_view text) {
  const CheckedText checked = check_text(text);
  if (checked.messages.size() != 1)
    return std::to_string(checked.messages.size()) + " messages:\n" + checked.rendered;
  return checked.messages[0].kind + " at '" + checked.messages[0].at + "'";
}

std::string headline(std::string_view text) {
  const CheckedText checked = check_text(text);
  return checked.messages.empty() ? "no message" : checked.messages[0].headline;
}

const model::Neuron& neuron(const model::Program& program, std::string_view name) {
  return named(program.neurons, name);
}
const model::Rule& rule(const model::Program& program, std::string_view name) {
  return named(program.rules, name);
}
const model::Synapse& synapse(const model::Program& program, std::string_view name) {
  return named(program.synapses, name);
}

model::Type type_of(const model::Scope& scope, std::string_view name) {
  for (const model::Symbol& symbol : scope.all())
    if (symbol.name == name) return symbol.type;
  BOUTON_UNREACHABLE("the test asks for a name that its text does not have");
}

}  // namespace bouton::check
