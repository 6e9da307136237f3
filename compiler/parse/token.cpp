#include "compiler/parse/token.h"

#include "bouton_grammar/BoutonLexer.h"

namespace bouton::parse {

using grammar::BoutonLexer;

bool is_end_of_file(const Token& token) { return token.type == antlr4::Token::EOF; }

// The lexer grammar keeps reserved and other words in two runs without gaps.
bool is_soft_word(TokenType type) {
  return type >= BoutonLexer::ADDITIVE && type <= BoutonLexer::WITHIN;
}

bool is_reserved_word(TokenType type) {
  return type >= BoutonLexer::EXPERIMENT && type <= BoutonLexer::FALSE;
}

bool opens_declaration(TokenType type) {
  switch (type) {
    case BoutonLexer::EXPERIMENT:
    case BoutonLexer::NEURON:
    case BoutonLexer::SYNAPSE:
    case BoutonLexer::RULE:
    case BoutonLexer::FUNCTION:
    case BoutonLexer::SWEEP:
    case BoutonLexer::VERIFY:
    case BoutonLexer::IMPORT:
      return true;
    default:
      return false;
  }
}

}  // namespace bouton::parse
