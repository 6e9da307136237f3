#include "tests/unit/model/dumped_text.h"

#include "compiler/check/check.h"
#include "compiler/diagnostics/render.h"
#include "compiler/parse/parse.h"

namespace bouton::model {

namespace {

Program check_file(const source::SourceMap& sources, source::FileId file) {
  diagnostics::Diagnostics diagnostics;
  const auto parsed = parse::parse(sources, file, diagnostics);
  auto program = parsed ? check::check({&*parsed, 1}, diagnostics) : std::nullopt;
  EXPECT_FALSE(diagnostics.has_errors()) << diagnostics::render_text(diagnostics, sources);
  return program ? std::move(*program) : Program{};
}

}  // namespace

Program program_of(std::string_view text) {
  source::SourceMap sources;
  return check_file(sources, std::get<source::FileId>(sources.add_text("test.bouton", text)));
}

Program program_in(const std::string& path) {
  source::SourceMap sources;
  return check_file(sources, std::get<source::FileId>(sources.load(path)));
}

std::string declaration(const std::string& dump, std::string_view heading) {
  std::size_t begin = 0;
  while (begin < dump.size()) {
    const std::size_t end = std::min(dump.find("\n\n", begin), dump.size() - 1) + 1;
    const std::string part = dump.substr(begin, end - begin);
    if (part.starts_with(std::string(heading) + "\n")) return part;
    begin = end + 1;
  }
  return "";
}

}  // namespace bouton::model
