
#include <fstream>

#include "compiler/ast/printer.h"
#include "compiler/diagnostics/load_error.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/pipeline.h"
#include "compiler/launch/console.h"
#include "compiler/launch/streams.h"
#include "compiler/parse/parse.h"

namespace bouton::driver {

namespace {

// Beside the file first, then renamed: a full disk cannot lose the text.
bool rewrite(const std::string& name, const std::string& text) {
  const std::string part = name + ".part";
  std::ofstream out(part, std::ios::binary);
  out << text;
  out.close();
  if (out && std::rename(part.c_str(), name.c_str()) == 0) return true;
  std::remove(part.c_str());
  launch::print_error("error: cannot write `{}`\n", name);
  return false;
}

int format_file(Session& session, const std::string& name, const FormatOptions& options) {
  const auto loaded = session.sources.load(name);
  if (const auto* error = std::get_if<source::LoadError>(&loaded)) {
    diagnostics::report_load_error(*error, std::nullopt, session.diagnostics);
    return kProgramErrors;
  }
  const auto file = std::get<source::FileId>(loaded);
  const auto tree = parse::parse(session.sources, file, session.diagnostics);
  if (!tree) return kProgramErrors;
  const std::string text = ast::print(*tree);
  const bool same = text == session.sources.text(file);
  if (options.only_check) {
    if (!same) launch::print("{} is not in the canonical layout\n", name);
    return same ? kSuccess : kProgramErrors;
  }
  if (options.in_place) return same || rewrite(name, text) ? kSuccess : kRunFailed;
  launch::print("{}", text);
  return kSuccess;
}

}  // namespace

int format(const FormatOptions& options) {
  Session session;
  int code = kSuccess;
  for (const std::string& file : options.files)
    code = std::max(code, format_file(session, file, options));
  launch::print_messages(session);
  return code;
}

}  // namespace bouton::driver
