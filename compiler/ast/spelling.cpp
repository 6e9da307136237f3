#include "compiler/ast/decl.h"
#include "compiler/base/check.h"

namespace bouton::ast {

std::string documentation(const Trivia& trivia) {
  std::string lines;
  const auto add = [&lines](const Comment& comment) {
    if (!comment.documentation) return;
    if (!lines.empty()) lines += '\n';
    lines += comment.text;
  };
  for (const Comment& comment : trivia.before) add(comment);
  if (trivia.trailing) add(*trivia.trailing);
  return lines;
}

const char* spelling_of(UnaryOp op) {
  switch (op) {
    case UnaryOp::Negate:
      return "-";
    case UnaryOp::Not:
      return "not";
  }
  BOUTON_UNREACHABLE("unary operator");
}

const char* spelling_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::Add:
      return "+";
    case BinaryOp::Subtract:
      return "-";
    case BinaryOp::Multiply:
      return "*";
    case BinaryOp::Divide:
      return "/";
    case BinaryOp::Modulo:
      return "mod";
    case BinaryOp::Power:
      return "^";
  }
  BOUTON_UNREACHABLE("binary operator");
}

const char* spelling_of(ComparisonOp op) {
  switch (op) {
    case ComparisonOp::Equal:
      return "==";
    case ComparisonOp::NotEqual:
      return "!=";
    case ComparisonOp::Less:
      return "<";
    case ComparisonOp::LessEqual:
      return "<=";
    case ComparisonOp::Greater:
      return ">";
    case ComparisonOp::GreaterEqual:
      return ">=";
  }
  BOUTON_UNREACHABLE("comparison operator");
}

const char* spelling_of(LogicalOp op) {
  switch (op) {
    case LogicalOp::And:
      return "and";
    case LogicalOp::Or:
      return "or";
  }
  BOUTON_UNREACHABLE("logical operator");
}

const char* spelling_of(AssignmentOp op) {
  switch (op) {
    case AssignmentOp::Set:
      return "=";
    case AssignmentOp::Add:
      return "+=";
    case AssignmentOp::Subtract:
      return "-=";
    case AssignmentOp::Multiply:
      return "*=";
    case AssignmentOp::Divide:
      return "/=";
  }
  BOUTON_UNREACHABLE("assignment operator");
}

const char* spelling_of(DelayKind kind) {
  switch (kind) {
    case DelayKind::Axonal:
      return "axonal";
    case DelayKind::Dendritic:
      return "dendritic";
    case DelayKind::Backprop:
      return "backprop";
  }
  BOUTON_UNREACHABLE("delay kind");
}

const char* spelling_of(Polarity polarity) {
  switch (polarity) {
    case Polarity::Excitatory:
      return "excitatory";
    case Polarity::Inhibitory:
      return "inhibitory";
  }
  BOUTON_UNREACHABLE("polarity");
}

const char* spelling_of(Side side) {
  switch (side) {
    case Side::Pre:
      return "pre";
    case Side::Post:
      return "post";
  }
  BOUTON_UNREACHABLE("side");
}

const char* spelling_of(SpikeKind kind) {
  switch (kind) {
    case SpikeKind::WithProbability:
      return "with probability";
    case SpikeKind::AtRate:
      return "at rate";
    case SpikeKind::When:
      return "when";
  }
  BOUTON_UNREACHABLE("spike kind");
}

const char* spelling_of(SummationKind kind) {
  switch (kind) {
    case SummationKind::Renewing:
      return "renewing";
    case SummationKind::Additive:
      return "additive";
  }
  BOUTON_UNREACHABLE("summation kind");
}

const char* spelling_of(PairingKind kind) {
  switch (kind) {
    case PairingKind::All:
      return "all";
    case PairingKind::Nearest:
      return "nearest";
    case PairingKind::Immediate:
      return "immediate";
    case PairingKind::PreCentred:
      return "pre_centred";
    case PairingKind::PostCentred:
      return "post_centred";
  }
  BOUTON_UNREACHABLE("pairing kind");
}

const char* spelling_of(ComponentKind kind) {
  switch (kind) {
    case ComponentKind::Neuron:
      return "neuron";
    case ComponentKind::Synapse:
      return "synapse";
    case ComponentKind::Rule:
      return "rule";
  }
  BOUTON_UNREACHABLE("component kind");
}

}  // namespace bouton::ast
