#include "compiler/load/load_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <variant>

#include "compiler/base/match.h"
#include "compiler/diagnostics/load_error.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/load/stdlib.h"
#include "compiler/parse/parse.h"

namespace bouton::load {

namespace {

using diagnostics::Diagnostics;
using diagnostics::Kind;
using source::FileId;
using source::Span;

Span span_of(const ast::ImportModule& module) {
  const Span first = module.path.front().span;
  return {first.file, first.begin, module.path.back().span.end};
}

// What is imported, without the word `import`.
Span span_of(const ast::Import& import) {
  return match(
      import.what, [](const ast::ImportFile& file) { return file.span; },
      [](const ast::ImportModule& module) { return span_of(module); });
}

// The module that is nearly called so, or whose last word it is: `neurons.sampler` of `sampler`.
std::string hint_about_module(const std::string& path) {
  std::vector<std::string> names;
  for (const StdlibModule& module : stdlib_modules()) names.emplace_back(module.path);
  if (std::string hint = diagnostics::suggest_hint(path, names); !hint.empty()) return hint;
  for (const std::string& name : names)
    if (name.ends_with("." + path)) return fmt::format("did you mean `{}`?", name);
  return "a file of your own is imported by its path: `import \"rules.bouton\"`";
}

class Loader {
 public:
  Loader(source::SourceMap& sources, Diagnostics& diagnostics)
      : sources_(sources), diagnostics_(diagnostics) {}

  void load_main(std::string_view path) {
    if (const auto file = readable(sources_.load(path), std::nullopt))
      load(*file, Span{*file, 0, 0});
  }

  std::vector<ast::File> take_files() { return std::move(files_); }

 private:
  enum class Progress { Open, Done };

  std::optional<FileId> readable(const source::Loaded& loaded, std::optional<Span> import) {
    if (const auto* file = std::get_if<FileId>(&loaded)) return *file;
    diagnostics::report_load_error(std::get<source::LoadError>(loaded), import, diagnostics_);
    return std::nullopt;
  }

  void load(FileId file, Span import) {
    if (const auto known = progress_.find(file); known != progress_.end()) {
      if (known->second == Progress::Open) report_cycle(file, import);
      return;
    }
    progress_[file] = Progress::Open;
    path_.push_back(file);
    if (auto tree = parse::parse(sources_, file, diagnostics_)) {
      load_imports(*tree);
      files_.push_back(std::move(*tree));
    }
    path_.pop_back();
    progress_[file] = Progress::Done;
  }

  void load_imports(const ast::File& tree) {
    for (const ast::Declaration& declaration : tree.declarations) {
      const auto* import = std::get_if<ast::Import>(&declaration.node);
      if (import == nullptr) continue;
      const auto file = match(
          import->what, [&](const ast::ImportFile& named) { return find_file(tree.id, named); },
          [&](const ast::ImportModule& module) { return find_module(module); });
      if (file) load(*file, span_of(*import));
    }
  }

  std::optional<FileId> find_file(FileId importer, const ast::ImportFile& import) {
    return readable(sources_.load(sources_.resolve_import(importer, import.path)), import.span);
  }

  std::optional<FileId> find_module(const ast::ImportModule& import) {
    const Span span = span_of(import);
    std::string path;
    for (const ast::Identifier& part : import.path) path += (path.empty() ? "" : ".") + part.text;
    if (const auto known = modules_.find(path); known != modules_.end()) return known->second;
    const StdlibModule* module = find_stdlib_module(path);
    if (module == nullptr) {
      report_unknown_module(path, span);
      return std::nullopt;
    }
    const auto file =
        readable(sources_.add_text("stdlib/" + std::string(module->file), module->text), span);
    if (file) modules_[path] = *file;
    return file;
  }

  void report_unknown_module(const std::string& path, Span span) {
    diagnostics_.report(Kind::UnknownModule, span, {path}).hint(hint_about_module(path));
  }

  void report_cycle(FileId file, Span import) {
    std::string chain;
    for (auto step = std::ranges::find(path_, file); step != path_.end(); ++step)
      chain += fmt::format("`{}` -> ", sources_.name(*step));
    diagnostics_
        .report(Kind::ImportCycle, import, {chain + fmt::format("`{}`", sources_.name(file))})
        .label("this import closes the cycle")
        .hint(file == path_.back() ? "a file sees all its own declarations without an import"
                                   : "move what both files need into a third one");
  }

  source::SourceMap& sources_;
  Diagnostics& diagnostics_;
  std::map<FileId, Progress> progress_;
  std::map<std::string, FileId, std::less<>> modules_;
  std::vector<FileId> path_;
  std::vector<ast::File> files_;
};

}  // namespace

std::optional<std::vector<ast::File>> load_program(std::string_view path,
                                                   source::SourceMap& sources,
                                                   Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  Loader loader(sources, diagnostics);
  loader.load_main(path);
  if (diagnostics.error_count() > errors_before) return std::nullopt;
  return loader.take_files();
}

}  // namespace bouton::load
