// A file: what stands at the outermost level of the language.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/ast/component.h"

namespace bouton::ast {

// `import "rules.bouton"`: a file beside this one.
struct ImportFile {
  std::string path;
  Span span;
};

// `import rules.sal`: a module of the standard library.
struct ImportModule {
  std::vector<Identifier> path;
};

struct Import {
  std::variant<ImportFile, ImportModule> what;
};

// `function rate_of(u, t_ref) = logistic(u - ln(t_ref/timestep))`
struct Function {
  Identifier name;
  std::vector<Parameter> parameters;
  Expr value;
};

// `circuit Net(dims) { … }`: a network that experiments instantiate.
struct Circuit {
  Identifier name;
  std::vector<Parameter> parameters;
  Block body;
};

struct Experiment {
  Identifier name;
  std::vector<Parameter> parameters;
  Block body;
};

// `lr in [0, 0.01]` or `init_noise in 0 .. 1 by 0.2` (a Range)
struct SweepAxis {
  Identifier parameter;
  Expr values;
};

// `seeds 20`
struct SweepSeeds {
  Expr count;
};

struct SweepItem {
  Span span;
  std::variant<SweepAxis, SweepSeeds> node;
  Trivia trivia;
};

struct Sweep {
  Identifier name;
  Identifier experiment;
  std::vector<SweepItem> items;
  BraceLayout layout;
};

// `verify "title" { … }`: an experiment without parameters that holds expectations.
struct Verify {
  std::string title;
  Span title_span;
  Block body;
};

struct Declaration {
  using Node = std::variant<Import, Function, Component, Circuit, Experiment, Sweep, Verify>;
  Span span;
  Node node;
  Trivia trivia;
};

struct File {
  source::FileId id = 0;
  std::vector<Declaration> declarations;
  std::vector<Comment> closing;  // comments after the last declaration
};

}  // namespace bouton::ast
