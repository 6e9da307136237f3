#include "compiler/base/check.h"
#include "compiler/parse/build.h"

namespace bouton::parse {
namespace {

using Node = ast::Statement::Node;

ast::Assignment build_assignment(BuildContext& context, Grammar::AssignmentContext* node) {
  ast::AssignmentOp op = ast::AssignmentOp::Set;
  if (node->PLUS_ASSIGN() != nullptr) op = ast::AssignmentOp::Add;
  if (node->MINUS_ASSIGN() != nullptr) op = ast::AssignmentOp::Subtract;
  if (node->TIMES_ASSIGN() != nullptr) op = ast::AssignmentOp::Multiply;
  if (node->DIVIDE_ASSIGN() != nullptr) op = ast::AssignmentOp::Divide;
  return {build_place(context, node->place()), op, span_of(context, node->op),
          build_expression(context, node->expression())};
}

ast::If build_if(BuildContext& context, Grammar::IfStatementContext* node) {
  ast::If built;
  const auto conditions = node->expression();
  const auto blocks = node->block();
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    ast::Expr condition = build_expression(context, conditions[i]);
    built.branches.push_back({std::move(condition), build_block(context, blocks[i])});
  }
  if (blocks.size() > conditions.size()) built.otherwise = build_block(context, blocks.back());
  return built;
}

ast::For build_for(BuildContext& context, Grammar::ForStatementContext* node) {
  ast::For built{{}, build_values(context, node->values()), {}};
  for (auto* name : node->name()) built.names.push_back(build_name(context, name));
  built.body = build_block(context, node->block());
  return built;
}

ast::Normalise build_normalise(BuildContext& context, Grammar::NormaliseStatementContext* node) {
  return {build_place(context, node->place()),
          node->PRE() != nullptr ? ast::Side::Pre : ast::Side::Post,
          build_expression(context, node->total), build_optional_expression(context, node->every)};
}

ast::Record build_record(BuildContext& context, Grammar::RecordStatementContext* node) {
  ast::Record built;
  for (auto* column : node->recordColumn()) {
    std::optional<ast::Identifier> name = build_optional_name(context, column->name());
    built.columns.push_back({std::move(name), build_expression(context, column->expression()),
                             span_of(context, column)});
  }
  return built;
}

ast::Plot build_plot(BuildContext& context, Grammar::PlotStatementContext* node) {
  ast::Plot built;
  for (auto* curve : node->curve()) {
    ast::Expr value = build_expression(context, curve->value);
    built.curves.push_back({std::move(value), build_expression(context, curve->against),
                            curve->LOG() != nullptr, span_of(context, curve)});
  }
  return built;
}

std::optional<Node> build_control(BuildContext& context, Grammar::StatementContext* node) {
  if (auto* let = node->letStatement()) {
    return ast::Let{build_name(context, let->name()), build_expression(context, let->expression())};
  }
  if (auto* var = node->varStatement()) {
    return ast::Var{build_name(context, var->name()), build_expression(context, var->expression())};
  }
  if (auto* assignment = node->assignment()) return build_assignment(context, assignment);
  if (auto* branch = node->ifStatement()) return build_if(context, branch);
  if (auto* loop = node->forStatement()) return build_for(context, loop);
  if (auto* every = node->everyStatement()) {
    ast::Expr count = build_expression(context, every->expression());
    return ast::Every{std::move(count), build_block(context, every->block())};
  }
  if (node->breakStatement() != nullptr) return ast::Break{};
  return std::nullopt;
}

std::optional<Node> build_structure(BuildContext& context, Grammar::StatementContext* node) {
  if (auto* timestep = node->timestepStatement()) {
    return ast::Timestep{build_expression(context, timestep->expression())};
  }
  if (auto* population = node->populationStatement()) return build_population(context, population);
  if (auto* projection = node->projectionStatement()) return build_projection(context, projection);
  if (auto* circuit = node->circuitInstance()) {
    return ast::CircuitInstance{build_name(context, circuit->name()),
                                build_instantiation(context, circuit->instantiation())};
  }
  if (auto* phase = node->phaseStatement()) {
    return ast::Phase{build_name(context, phase->name()), build_block(context, phase->block())};
  }
  return std::nullopt;
}

std::optional<Node> build_action(BuildContext& context, Grammar::StatementContext* node) {
  if (auto* run = node->runStatement()) return build_run(context, run);
  if (auto* reset = node->resetStatement()) {
    return ast::Reset{build_places(context, reset->place())};
  }
  if (auto* clip = node->clipStatement()) {
    std::vector<ast::Expr> targets = build_places(context, clip->place());
    return ast::Clip{std::move(targets), build_interval(context, clip->interval())};
  }
  if (auto* normalise = node->normaliseStatement()) return build_normalise(context, normalise);
  if (auto* silence = node->silenceStatement()) {
    return ast::Silence{build_places(context, silence->place())};
  }
  if (auto* learn = node->learnStatement()) {
    std::vector<ast::Expr> targets = build_places(context, learn->place());
    return ast::Learn{std::move(targets), build_optional_expression(context, learn->expression())};
  }
  return std::nullopt;
}

std::optional<Node> build_output(BuildContext& context, Grammar::StatementContext* node) {
  if (auto* record = node->recordStatement()) return build_record(context, record);
  if (auto* plot = node->plotStatement()) return build_plot(context, plot);
  if (auto* print = node->printStatement()) {
    return ast::Print{build_expressions(context, print->expression())};
  }
  if (auto* replay = node->replayStatement()) {
    ast::Expr target = build_place(context, replay->place());
    return ast::Replay{std::move(target), build_expression(context, replay->expression())};
  }
  if (auto* expect = node->expectStatement()) {
    ast::Expr condition = build_expression(context, expect->condition);
    return ast::Expect{std::move(condition), build_optional_expression(context, expect->tolerance)};
  }
  return std::nullopt;
}

Node build_node(BuildContext& context, Grammar::StatementContext* node) {
  if (auto built = build_control(context, node)) return std::move(*built);
  if (auto built = build_structure(context, node)) return std::move(*built);
  if (auto built = build_action(context, node)) return std::move(*built);
  if (auto built = build_output(context, node)) return std::move(*built);
  BOUTON_UNREACHABLE("a statement of the grammar that the tree does not know");
}

ast::Observation build_observation(BuildContext& context, Grammar::ObservationContext* node) {
  const source::Span span = span_of(context, node);
  ast::Trivia trivia = begin_trivia(context, span);
  ast::Observation built{build_name(context, node->name()),
                         build_expression(context, node->value),
                         build_optional_expression(context, node->every),
                         build_optional_expression(context, node->after),
                         {},
                         span};
  end_trivia(context, span, trivia);
  built.trivia = std::move(trivia);
  return built;
}

ast::Observing build_observing(BuildContext& context, Grammar::ObservingContext* node) {
  const source::Span closing = span_of(context, node->RIGHT_BRACE());
  ast::Observing built{{},
                       begin_braces(context, span_of(context, node->LEFT_BRACE()), closing),
                       span_of(context, node)};
  for (auto* observation : node->observation()) {
    built.observations.push_back(build_observation(context, observation));
  }
  end_braces(context, closing, built.layout);
  return built;
}

}  // namespace

ast::Run build_run(BuildContext& context, Grammar::RunStatementContext* node) {
  ast::Run run{build_expression(context, node->duration), std::nullopt, {}, std::nullopt};
  if (node->circuit != nullptr) run.circuit = build_place(context, node->circuit);
  if (node->frozen != nullptr) run.mode = ast::Frozen{span_of(context, node->frozen)};
  if (node->phase != nullptr) run.mode = build_name(context, node->phase);
  if (auto* observing = node->observing()) run.observing = build_observing(context, observing);
  return run;
}

ast::Statement build_statement(BuildContext& context, Grammar::StatementContext* node) {
  return build_line<ast::Statement>(context, node, [&] { return build_node(context, node); });
}

ast::Block build_block(BuildContext& context, Grammar::BlockContext* node) {
  const source::Span closing = span_of(context, node->RIGHT_BRACE());
  ast::Block block;
  block.span = span_of(context, node);
  block.layout = begin_braces(context, span_of(context, node->LEFT_BRACE()), closing);
  for (auto* statement : node->statement()) {
    block.statements.push_back(build_statement(context, statement));
  }
  end_braces(context, closing, block.layout);
  return block;
}

}  // namespace bouton::parse
