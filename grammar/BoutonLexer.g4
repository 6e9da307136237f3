// The words of the language. What ends a statement, which word is a unit and which a name after `.` is decided by the
// token filter between lexer and parser (compiler/parse/layout.h), so that both grammars are free of actions.
lexer grammar BoutonLexer;

// Made by the token filter from words; the lexer itself never produces it.
tokens { UNIT }

// Reserved words: open a declaration or join expressions.
EXPERIMENT: 'experiment';
CIRCUIT: 'circuit';
NEURON: 'neuron';
SYNAPSE: 'synapse';
RULE: 'rule';
FUNCTION: 'function';
SWEEP: 'sweep';
VERIFY: 'verify';
IMPORT: 'import';
NONLOCAL: 'nonlocal';
IF: 'if';
ELSE: 'else';
FOR: 'for';
IN: 'in';
LET: 'let';
VAR: 'var';
OF: 'of';
ON: 'on';
AND: 'and';
OR: 'or';
NOT: 'not';
MOD: 'mod';
BY: 'by';
PER: 'per';
NO: 'no';
TO: 'to';
AFTER: 'after';
EVERY: 'every';
TRUE: 'true';
FALSE: 'false';

// Words that are also names: rule `name` of the parser lists them all.
ADDITIVE: 'additive';
ALL: 'all';
AT: 'at';
AXONAL: 'axonal';
BACKPROP: 'backprop';
BOUND: 'bound';
BREAK: 'break';
BROADCAST: 'broadcast';
CLIP: 'clip';
CONNECT: 'connect';
DENDRITIC: 'dendritic';
EXCITATORY: 'excitatory';
EXPECT: 'expect';
FROM: 'from';
FROZEN: 'frozen';
HOLDING: 'holding';
IMMEDIATE: 'immediate';
INDEX: 'index';
INHIBITORY: 'inhibitory';
INITIALLY: 'initially';
INPUT: 'input';
IN_DEGREE: 'in_degree';
LEARN: 'learn';
LEARNING: 'learning';
LOG: 'log';
NEAREST: 'nearest';
NOISE: 'noise';
NORMALISE: 'normalise';
OBSERVING: 'observing';
ONE: 'one';
ORDER: 'order';
PAIR: 'pair';
PHASE: 'phase';
PLOT: 'plot';
POPULATION: 'population';
POST: 'post';
POST_CENTRED: 'post_centred';
PRE: 'pre';
PRE_CENTRED: 'pre_centred';
PRINT: 'print';
PROBABILITY: 'probability';
PROJECTION: 'projection';
PSP: 'psp';
RATE: 'rate';
RECORD: 'record';
REFRACTORY: 'refractory';
RENEWING: 'renewing';
REPLAY: 'replay';
RESET: 'reset';
RUN: 'run';
SEEDS: 'seeds';
SELF: 'self';
SIGN: 'sign';
SILENCE: 'silence';
SOLVE: 'solve';
SPIKE: 'spike';
STATE: 'state';
STEP: 'step';
TIED: 'tied';
TIMESTEP: 'timestep';
TRACE: 'trace';
VIA: 'via';
VS: 'vs';
WEIGHT: 'weight';
WEIGHTS: 'weights';
WHEN: 'when';
WITH: 'with';
WITHIN: 'within';

IDENT: [\p{L}_] [\p{L}\p{Nd}_]*;

// Digits on both sides of the point, so that `0..1` is `0 .. 1`.
INT: DIGIT+;
REAL: DIGIT+ '.' DIGIT+ EXPONENT? | DIGIT+ EXPONENT;
fragment DIGIT: [0-9];
fragment EXPONENT: [eE] [+-]? DIGIT+;

STRING: '"' CHARACTER* '"';
UNTERMINATED_STRING: '"' CHARACTER*;
fragment CHARACTER: ~["\\\r\n] | '\\' ~[\r\n];

ARROW: '->';
PLUS_ASSIGN: '+=';
MINUS_ASSIGN: '-=';
TIMES_ASSIGN: '*=';
DIVIDE_ASSIGN: '/=';
EQUAL: '==';
NOT_EQUAL: '!=';
LESS_EQUAL: '<=';
GREATER_EQUAL: '>=';
LESS: '<';
GREATER: '>';
ASSIGN: '=';
PLUS: '+';
MINUS: '-';
TIMES: '*';
DIVIDE: '/';
POWER: '^';
DOTS: '..';
DOT: '.';
COMMA: ',';
COLON: ':';
PRIME: '\'';
LEFT_PAREN: '(';
RIGHT_PAREN: ')';
LEFT_BRACKET: '[';
RIGHT_BRACKET: ']';
LEFT_BRACE: '{';
RIGHT_BRACE: '}';

NEWLINE: '\r\n' | '\n' | '\r';
SEMICOLON: ';';
COMMENT: '#' ~[\r\n]* -> channel(HIDDEN);
BLANK: [ \t]+ -> skip;

UNKNOWN: .;
