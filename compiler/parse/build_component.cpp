#include "compiler/base/check.h"
#include "compiler/parse/build.h"

namespace bouton::parse {
namespace {

using Node = ast::Item::Node;

ast::Noise build_noise(BuildContext& context, Grammar::NoiseItemContext* node) {
  ast::Identifier name = build_name(context, node->name(0));
  if (auto* call = node->call()) return {std::move(name), build_call(context, call)};
  ast::Identifier law = build_name(context, node->name(1));
  const source::Span span = law.span;
  return {std::move(name), ast::Expr{span, ast::Name{std::move(law)}}};
}

ast::Spike build_spike(BuildContext& context, Grammar::SpikeItemContext* node) {
  ast::SpikeKind kind = ast::SpikeKind::When;
  if (node->PROBABILITY() != nullptr) kind = ast::SpikeKind::WithProbability;
  if (node->RATE() != nullptr) kind = ast::SpikeKind::AtRate;
  ast::Spike spike{kind, build_expression(context, node->expression()), std::nullopt};
  if (auto* block = node->block()) spike.body = build_block(context, block);
  return spike;
}

ast::Refractory build_refractory(BuildContext& context, Grammar::RefractoryItemContext* node) {
  ast::Refractory refractory{build_expression(context, node->expression()), {}};
  for (auto* name : node->name()) refractory.holding.push_back(build_name(context, name));
  return refractory;
}

ast::PairingKind pairing_kind(const Grammar::PairingContext* node) {
  switch (node->kind->getType()) {
    case Grammar::ALL:
      return ast::PairingKind::All;
    case Grammar::NEAREST:
      return ast::PairingKind::Nearest;
    case Grammar::IMMEDIATE:
      return ast::PairingKind::Immediate;
    case Grammar::PRE_CENTRED:
      return ast::PairingKind::PreCentred;
    case Grammar::POST_CENTRED:
      return ast::PairingKind::PostCentred;
    default:
      BOUTON_UNREACHABLE("a pairing of the grammar that the tree does not know");
  }
}

ast::Pairing build_pairing(BuildContext& context, Grammar::PairingContext* node) {
  return {pairing_kind(node), build_optional_expression(context, node->expression()),
          node->ORDER() != nullptr, span_of(context, node)};
}

ast::Trace build_trace(BuildContext& context, Grammar::TraceItemContext* node) {
  return {build_name(context, node->name()), build_type(context, node->typeAnnotation()),
          build_optional_expression(context, node->expression()),
          build_body(context, node->body())};
}

ast::Bound build_bound(BuildContext& context, Grammar::BoundItemContext* node) {
  ast::Expr target = build_place(context, node->place());
  return {std::move(target), build_interval(context, node->interval())};
}

std::optional<Node> build_quantity(BuildContext& context, Grammar::ItemContext* node) {
  if (auto* input = node->inputItem()) {
    return ast::Input{build_name(context, input->name()),
                      build_type(context, input->typeAnnotation())};
  }
  if (auto* noise = node->noiseItem()) return build_noise(context, noise);
  if (auto* state = node->stateItem()) {
    return ast::State{build_name(context, state->name()),
                      build_type(context, state->typeAnnotation()),
                      build_expression(context, state->expression())};
  }
  if (auto* broadcast = node->broadcastItem()) {
    return ast::Broadcast{build_name(context, broadcast->name()),
                          build_type(context, broadcast->typeAnnotation())};
  }
  if (auto* trace = node->traceItem()) return build_trace(context, trace);
  return std::nullopt;
}

std::optional<Node> build_equation(BuildContext& context, Grammar::ItemContext* node) {
  if (auto* equation = node->differentialEquation()) {
    return ast::DifferentialEquation{build_name(context, equation->name()),
                                     build_expression(context, equation->expression())};
  }
  if (auto* equation = node->algebraicEquation()) {
    ast::Expr value = build_expression(context, equation->value);
    return ast::AlgebraicEquation{build_name(context, equation->name()), std::move(value),
                                  build_optional_expression(context, equation->initial)};
  }
  if (auto* psp = node->pspItem()) {
    return ast::Psp{build_name(context, psp->name()), build_expression(context, psp->expression())};
  }
  return std::nullopt;
}

std::optional<Node> build_behaviour(BuildContext& context, Grammar::ItemContext* node) {
  if (auto* spike = node->spikeItem()) return build_spike(context, spike);
  if (auto* refractory = node->refractoryItem()) return build_refractory(context, refractory);
  if (auto* summation = node->summationItem()) {
    return ast::Summation{summation->RENEWING() != nullptr ? ast::SummationKind::Renewing
                                                           : ast::SummationKind::Additive};
  }
  if (auto* handler = node->handlerItem()) return build_handler(context, handler);
  if (auto* bound = node->boundItem()) return build_bound(context, bound);
  if (auto* sign = node->signClause()) return build_sign(sign);
  if (auto* solve = node->solveItem()) return ast::SolveWith{build_name(context, solve->name())};
  if (node->nonlocalItem() != nullptr) return ast::Nonlocal{};
  return std::nullopt;
}

Node build_node(BuildContext& context, Grammar::ItemContext* node) {
  if (auto built = build_quantity(context, node)) return std::move(*built);
  if (auto built = build_equation(context, node)) return std::move(*built);
  if (auto built = build_behaviour(context, node)) return std::move(*built);
  BOUTON_UNREACHABLE("an item of the grammar that the tree does not know");
}

ast::Item build_item(BuildContext& context, Grammar::ItemContext* node) {
  return build_line<ast::Item>(context, node, [&] { return build_node(context, node); });
}

decltype(ast::Handler::event) build_event(BuildContext& context, Grammar::EventContext* node) {
  if (node->PRE() != nullptr) return ast::OnPre{};
  if (node->POST() != nullptr) return ast::OnPost{};
  if (node->SPIKE() != nullptr) return ast::OnSpike{};
  if (node->STEP() != nullptr) return ast::OnStep{};
  return ast::OnPair{build_name(context, node->name()), build_pairing(context, node->pairing())};
}

}  // namespace

ast::Handler build_handler(BuildContext& context, Grammar::HandlerItemContext* node) {
  return {build_event(context, node->event()), build_block(context, node->block())};
}

ast::Body build_body(BuildContext& context, Grammar::BodyContext* node) {
  const source::Span closing = span_of(context, node->RIGHT_BRACE());
  ast::Body body;
  body.span = span_of(context, node);
  body.layout = begin_braces(context, span_of(context, node->LEFT_BRACE()), closing);
  for (auto* item : node->item()) body.items.push_back(build_item(context, item));
  end_braces(context, closing, body.layout);
  return body;
}

std::optional<ast::Identifier> build_type(const BuildContext& context,
                                          Grammar::TypeAnnotationContext* node) {
  if (node == nullptr) return std::nullopt;
  if (auto* name = node->name()) return build_name(context, name);
  return ast::Identifier{"function", span_of(context, node->FUNCTION())};
}

}  // namespace bouton::parse
