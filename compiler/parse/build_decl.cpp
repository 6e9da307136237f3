#include "compiler/base/check.h"
#include "compiler/parse/build.h"

namespace bouton::parse {
namespace {

using Node = ast::Declaration::Node;

ast::Parameter build_parameter(BuildContext& context, Grammar::ParameterContext* node) {
  const source::Span span = span_of(context, node);
  ast::Trivia trivia = begin_trivia(context, span);
  ast::Parameter built{build_name(context, node->name()),
                       build_type(context, node->typeAnnotation()),
                       build_optional_expression(context, node->expression()),
                       {},
                       span};
  end_trivia(context, span, trivia);
  built.trivia = std::move(trivia);
  return built;
}

std::vector<ast::Parameter> build_parameters(BuildContext& context,
                                             const std::vector<Grammar::ParameterContext*>& nodes) {
  std::vector<ast::Parameter> built;
  for (auto* node : nodes) built.push_back(build_parameter(context, node));
  return built;
}

std::vector<ast::Parameter> build_parameters(BuildContext& context,
                                             Grammar::ParametersContext* node) {
  return node == nullptr ? std::vector<ast::Parameter>{}
                         : build_parameters(context, node->parameter());
}

ast::Import build_import(BuildContext& context, Grammar::ImportDeclContext* node) {
  if (auto* string = node->STRING()) {
    return {ast::ImportFile{build_text(context, string), span_of(context, string)}};
  }
  ast::ImportModule module;
  for (auto* name : node->name()) module.path.push_back(build_name(context, name));
  return {std::move(module)};
}

ast::Component build_component(BuildContext& context, Grammar::ComponentDeclContext* node) {
  ast::ComponentKind kind = ast::ComponentKind::Rule;
  if (node->NEURON() != nullptr) kind = ast::ComponentKind::Neuron;
  if (node->SYNAPSE() != nullptr) kind = ast::ComponentKind::Synapse;
  return {kind, build_name(context, node->name()), build_parameters(context, node->parameters()),
          build_body(context, node->body())};
}

ast::SweepItem build_sweep_item(BuildContext& context, Grammar::SweepItemContext* node) {
  return build_line<ast::SweepItem>(
      context, node, [&]() -> std::variant<ast::SweepAxis, ast::SweepSeeds> {
        if (node->values() == nullptr) {
          return ast::SweepSeeds{build_expression(context, node->expression())};
        }
        return ast::SweepAxis{build_name(context, node->name()),
                              build_values(context, node->values())};
      });
}

ast::Sweep build_sweep(BuildContext& context, Grammar::SweepDeclContext* node) {
  const source::Span closing = span_of(context, node->RIGHT_BRACE());
  ast::Sweep sweep{build_name(context, node->title),
                   build_name(context, node->experiment),
                   {},
                   begin_braces(context, span_of(context, node->LEFT_BRACE()), closing)};
  for (auto* item : node->sweepItem()) sweep.items.push_back(build_sweep_item(context, item));
  end_braces(context, closing, sweep.layout);
  return sweep;
}

Node build_node(BuildContext& context, Grammar::DeclarationContext* node) {
  if (auto* import = node->importDecl()) return build_import(context, import);
  if (auto* function = node->functionDecl()) {
    return ast::Function{build_name(context, function->name()),
                         build_parameters(context, function->parameter()),
                         build_expression(context, function->expression())};
  }
  if (auto* component = node->componentDecl()) return build_component(context, component);
  if (auto* circuit = node->circuitDecl()) {
    return ast::Circuit{build_name(context, circuit->name()),
                        build_parameters(context, circuit->parameters()),
                        build_block(context, circuit->block())};
  }
  if (auto* experiment = node->experimentDecl()) {
    return ast::Experiment{build_name(context, experiment->name()),
                           build_parameters(context, experiment->parameters()),
                           build_block(context, experiment->block())};
  }
  if (auto* sweep = node->sweepDecl()) return build_sweep(context, sweep);
  if (auto* verify = node->verifyDecl()) {
    return ast::Verify{build_text(context, verify->STRING()), span_of(context, verify->STRING()),
                       build_block(context, verify->block())};
  }
  BOUTON_UNREACHABLE("a declaration of the grammar that the tree does not know");
}

}  // namespace

ast::File build_file(BuildContext& context, Grammar::FileContext* node) {
  ast::File file;
  file.id = context.file;
  for (auto* declaration : node->declaration()) {
    file.declarations.push_back(build_line<ast::Declaration>(
        context, declaration, [&] { return build_node(context, declaration); }));
  }
  file.closing = context.comments.take_before(context.text.size() + 1);
  return file;
}

}  // namespace bouton::parse
