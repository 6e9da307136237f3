#include <nlohmann/json.hpp>

#include "compiler/diagnostics/render.h"

namespace bouton::diagnostics {
namespace {

using Json = nlohmann::ordered_json;

Json build_position(source::FileId file, std::size_t offset, const source::SourceMap& sources) {
  const auto position = sources.position(file, offset);
  return {{"offset", offset}, {"line", position.line}, {"column", position.column}};
}

Json build_span(source::Span span, const source::SourceMap& sources) {
  return {{"file", sources.name(span.file)},
          {"begin", build_position(span.file, span.begin, sources)},
          {"end", build_position(span.file, span.end, sources)}};
}

Json build_message(const Diagnostic& diagnostic, const source::SourceMap& sources) {
  Json others = Json::array();
  for (const Label& other : diagnostic.others) {
    others.push_back({{"text", other.text}, {"span", build_span(other.span, sources)}});
  }
  return {{"kind", name_of(diagnostic.kind)}, {"severity", word_of(severity_of(diagnostic.kind))},
          {"headline", diagnostic.headline},  {"label", diagnostic.label},
          {"hint", diagnostic.hint},          {"span", build_span(diagnostic.span, sources)},
          {"others", std::move(others)}};
}

}  // namespace

std::string render_json(const Diagnostics& diagnostics, const source::SourceMap& sources) {
  Json messages = Json::array();
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    messages.push_back(build_message(diagnostic, sources));
  }
  const Json document = {{"messages", std::move(messages)},
                         {"errors", diagnostics.error_count()},
                         {"suppressed", diagnostics.suppressed()}};
  constexpr int kIndent = 2;
  return document.dump(kIndent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bouton::diagnostics
