#include "compiler/parse/run_parser.h"

#include <exception>
#include <string>
#include <utility>

#include "bouton_grammar/BoutonParser.h"
#include "compiler/base/check.h"

namespace bouton::parse {
namespace {

using grammar::BoutonParser;

std::vector<std::unique_ptr<antlr4::Token>> antlr_tokens(std::span<const Token> tokens,
                                                         std::string_view text) {
  std::vector<std::unique_ptr<antlr4::Token>> list;
  list.reserve(tokens.size());
  for (const Token& token : tokens) {
    auto made = std::make_unique<antlr4::CommonToken>(token.type);
    made->setText(std::string(text_of(token, text)));
    made->setStartIndex(token.span.begin);
    made->setStopIndex(token.span.end);  // one past the end, as in spans
    list.push_back(std::move(made));
  }
  return list;
}

struct Stop {
  Failure failure;
};

// Gives up at the first error: recovery is the business of parse.cpp, which knows where statements
// end. Stop is no exception of ANTLR, so that no generated rule catches it.
class StopAtFirstError : public antlr4::DefaultErrorStrategy {
 public:
  void recover(antlr4::Parser* parser, std::exception_ptr error) override {
    try {
      std::rethrow_exception(error);
    } catch (const antlr4::RecognitionException& exception) {
      throw Stop{failure_at(*parser, exception.getOffendingToken()->getTokenIndex())};
    }
  }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override {
    throw Stop{failure_at(*parser, parser->getCurrentToken()->getTokenIndex())};
  }
  void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}
  void sync(antlr4::Parser*) override {}

 private:
  static Failure failure_at(antlr4::Parser& parser, std::size_t token) {
    Failure failure{token, {}};
    const antlr4::ParserRuleContext* open = parser.getContext();
    while (open != nullptr) {
      failure.rules.push_back({open->getRuleIndex(), open->start->getTokenIndex()});
      open = dynamic_cast<const antlr4::ParserRuleContext*>(open->parent);
    }
    return failure;
  }
};

antlr4::ParserRuleContext* enter(BoutonParser& parser, std::size_t rule) {
  switch (rule) {
    case BoutonParser::RuleFile:
      return parser.file();
    case BoutonParser::RuleDeclaration:
      return parser.declaration();
    case BoutonParser::RuleItem:
      return parser.item();
    case BoutonParser::RuleStatement:
      return parser.statement();
    case BoutonParser::RuleSweepItem:
      return parser.sweepItem();
    case BoutonParser::RuleObservation:
      return parser.observation();
    default:
      BOUTON_UNREACHABLE("a rule that is no entry");
  }
}

}  // namespace

ParseRun::ParseRun(std::span<const Token> tokens, std::string_view text)
    : source_(std::make_unique<antlr4::ListTokenSource>(antlr_tokens(tokens, text))),
      stream_(std::make_unique<antlr4::CommonTokenStream>(source_.get())),
      parser_(std::make_unique<BoutonParser>(stream_.get())) {
  parser_->removeErrorListeners();
  parser_->setErrorHandler(std::make_shared<StopAtFirstError>());
}

ParseRun::~ParseRun() = default;

std::size_t ParseRun::position() const { return stream_->index(); }

Outcome parse_rule(ParseRun& run, std::size_t rule) {
  try {
    return enter(run.parser(), rule);
  } catch (const Stop& stop) {
    return stop.failure;
  }
}

}  // namespace bouton::parse
