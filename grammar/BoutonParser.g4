// The syntax of the language. NEWLINE stands for whatever ends a statement (a line end that counts, or `;`).
parser grammar BoutonParser;

options { tokenVocab = BoutonLexer; }

file: NEWLINE* (declaration (NEWLINE+ declaration)* NEWLINE*)? EOF;

declaration
  : importDecl
  | functionDecl
  | componentDecl
  | circuitDecl
  | experimentDecl
  | sweepDecl
  | verifyDecl
  ;

importDecl: IMPORT (STRING | name (DOT name)*);
functionDecl: FUNCTION name LEFT_PAREN (parameter (COMMA parameter)*)? RIGHT_PAREN ASSIGN expression;
componentDecl: kind = (NEURON | SYNAPSE | RULE) name parameters? body;
circuitDecl: CIRCUIT name parameters? block;
experimentDecl: EXPERIMENT name parameters? block;
verifyDecl: VERIFY STRING block;

sweepDecl: SWEEP title = name OF experiment = name LEFT_BRACE NEWLINE* (sweepItem (NEWLINE+ sweepItem)* NEWLINE*)? RIGHT_BRACE;
sweepItem: name IN values | SEEDS expression;

parameters: LEFT_PAREN (parameter (COMMA parameter)*)? RIGHT_PAREN;
parameter: name typeAnnotation? (ASSIGN expression)?;
typeAnnotation: COLON (name | FUNCTION);

// ---- neurons, synapses, rules

body: LEFT_BRACE NEWLINE* (item (NEWLINE+ item)* NEWLINE*)? RIGHT_BRACE;

item
  : inputItem
  | noiseItem
  | stateItem
  | broadcastItem
  | spikeItem
  | refractoryItem
  | pspItem
  | summationItem
  | handlerItem
  | traceItem
  | boundItem
  | signClause
  | solveItem
  | nonlocalItem
  | differentialEquation
  | algebraicEquation
  ;

inputItem: INPUT name typeAnnotation?;
noiseItem: NOISE name COLON (call | name);
stateItem: STATE name typeAnnotation? ASSIGN expression;
broadcastItem: BROADCAST name typeAnnotation?;
spikeItem: SPIKE (WITH PROBABILITY | AT RATE | WHEN) expression block?;
refractoryItem: REFRACTORY expression (HOLDING name (COMMA name)*)?;
pspItem: PSP LEFT_PAREN name RIGHT_PAREN ASSIGN expression;
summationItem: RENEWING | ADDITIVE;
handlerItem: ON event block;
traceItem: TRACE name typeAnnotation? (ASSIGN expression)? body;
boundItem: BOUND place IN interval;
solveItem: SOLVE WITH name;
nonlocalItem: NONLOCAL;
differentialEquation: name PRIME ASSIGN expression;
algebraicEquation: name ASSIGN value = expression (COMMA INITIALLY initial = expression)?;

event: PRE | POST | SPIKE | STEP | PAIR LEFT_PAREN name RIGHT_PAREN pairing;
pairing: (kind = (ALL | IMMEDIATE | PRE_CENTRED | POST_CENTRED) | kind = NEAREST expression?) (IN INDEX ORDER)?;

// ---- statements of handlers, circuits, experiments

block: LEFT_BRACE NEWLINE* (statement (NEWLINE+ statement)* NEWLINE*)? RIGHT_BRACE;

statement
  : letStatement
  | varStatement
  | ifStatement
  | forStatement
  | everyStatement
  | circuitInstance
  | breakStatement
  | timestepStatement
  | populationStatement
  | projectionStatement
  | phaseStatement
  | runStatement
  | resetStatement
  | clipStatement
  | normaliseStatement
  | silenceStatement
  | learnStatement
  | recordStatement
  | plotStatement
  | printStatement
  | replayStatement
  | expectStatement
  | assignment
  ;

letStatement: LET name ASSIGN expression;
varStatement: VAR name ASSIGN expression;
assignment: place op = (ASSIGN | PLUS_ASSIGN | MINUS_ASSIGN | TIMES_ASSIGN | DIVIDE_ASSIGN) expression;
ifStatement: IF expression block (ELSE IF expression block)* (ELSE block)?;
forStatement: FOR (name | LEFT_PAREN name (COMMA name)+ RIGHT_PAREN) IN values block;
everyStatement: EVERY expression block;
breakStatement: BREAK;
timestepStatement: TIMESTEP expression;
phaseStatement: PHASE name block;

populationStatement: POPULATION name familyIndex* LEFT_BRACKET expression RIGHT_BRACKET COLON instantiation;
familyIndex: LEFT_BRACKET (name IN values | expression) RIGHT_BRACKET;
circuitInstance: CIRCUIT name COLON instantiation;
projectionStatement: PROJECTION name familyIndex* COLON source = place ARROW target = place (COMMA clause)*;

clause
  : NO SELF
  | connectClause
  | VIA instantiation
  | WEIGHTS TIED TO expression
  | WEIGHT expression
  | LEARNING (name ASSIGN)? instantiation
  | delay = (AXONAL | DENDRITIC | BACKPROP) expression
  | signClause
  ;
connectClause: CONNECT (ALL | ONE TO ONE | PROBABILITY expression | IN_DEGREE expression | FROM expression);
signClause: SIGN polarity = (EXCITATORY | INHIBITORY);

runStatement: RUN duration = expression (OF circuit = place)? (IN phase = name | frozen = FROZEN)? observing?;
observing: OBSERVING LEFT_BRACE NEWLINE* (observation (NEWLINE+ observation)* NEWLINE*)? RIGHT_BRACE;
observation: name ASSIGN value = expression (EVERY every = expression)? (AFTER after = expression)?;

resetStatement: RESET (place (COMMA place)*)?;
clipStatement: CLIP place (COMMA place)* TO interval;
normaliseStatement: NORMALISE place PER side = (PRE | POST) TO total = expression (EVERY every = expression)?;
silenceStatement: SILENCE place (COMMA place)*;
learnStatement: LEARN place (COMMA place)* (AFTER expression)?;
recordStatement: RECORD recordColumn (COMMA recordColumn)*;
recordColumn: (name ASSIGN)? expression;
plotStatement: PLOT curve (COMMA curve)*;
curve: value = expression VS against = expression LOG?;
printStatement: PRINT expression (COMMA expression)*;
replayStatement: REPLAY place FROM expression;
expectStatement: EXPECT condition = expression (WITHIN tolerance = expression)?;

// ---- expressions

values: first = expression (DOTS last = expression (BY by = expression)?)?;
interval: LEFT_BRACKET lower = expression COMMA upper = expression RIGHT_BRACKET;
instantiation: name arguments;
arguments: LEFT_PAREN (argument (COMMA argument)*)? RIGHT_PAREN;
argument: (name ASSIGN)? expression;
place: name (DOT name | subscripts)*;
subscripts: LEFT_BRACKET values (COMMA values)* RIGHT_BRACKET;

expression
  : IF condition = expression COLON yes = expression ELSE COLON otherwise = expression
  | operation
  ;

// From tightest to loosest; `^` groups to the right.
operation
  : operation (DOT name | subscripts | PRIME)
  | <assoc = right> operation op = POWER operation
  | op = MINUS operation
  | operation op = (TIMES | DIVIDE | MOD) operation
  | operation op = (PLUS | MINUS) operation
  | operation op = (EQUAL | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL) operation
  | op = NOT operation
  | operation op = AND operation
  | operation op = OR operation
  | primary
  ;

primary
  : quantity
  | STRING
  | TRUE
  | FALSE
  | call
  | name
  | LEFT_BRACKET (expression (COMMA expression)*)? RIGHT_BRACKET
  | LEFT_PAREN expression (COMMA expression)* RIGHT_PAREN
  ;

quantity: number = (INT | REAL) (UNIT (POWER MINUS? exponent = INT)?)?;
call: name PRIME? arguments;

name
  : IDENT
  | ADDITIVE | ALL | AT | AXONAL | BACKPROP | BOUND | BREAK | BROADCAST | CLIP | CONNECT | DENDRITIC | EXCITATORY
  | EXPECT | FROM | FROZEN | HOLDING | IMMEDIATE | INDEX | INHIBITORY | INITIALLY | INPUT | IN_DEGREE | LEARN
  | LEARNING | LOG | NEAREST | NOISE | NORMALISE | OBSERVING | ONE | ORDER | PAIR | PHASE | PLOT | POPULATION | POST
  | POST_CENTRED | PRE | PRE_CENTRED | PRINT | PROBABILITY | PROJECTION | PSP | RATE | RECORD | REFRACTORY | RENEWING
  | REPLAY | RESET | RUN | SEEDS | SELF | SIGN | SILENCE | SOLVE | SPIKE | STATE | STEP | TIED | TIMESTEP | TRACE
  | VIA | VS | WEIGHT | WEIGHTS | WHEN | WITH | WITHIN
  ;
