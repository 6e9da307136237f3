#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/render.h"

namespace bouton::diagnostics {
namespace {

using source::FileId;
using source::SourceMap;
using source::Span;

TEST(RenderJson, AMessageCarriesEverythingThatTheTextShows) {
  SourceMap sources;
  const auto file = std::get<FileId>(sources.add_text("a.bouton", "x\n\u00B5 = y\n"));
  Diagnostics diagnostics;
  diagnostics.report(Kind::UnknownName, Span{file, 7, 8}, {"no"})
      .label("here")
      .other(Span{file, 0, 1}, "there")
      .hint("h");
  const auto document = nlohmann::json::parse(render_json(diagnostics, sources));
  EXPECT_EQ(document["errors"], 1);
  EXPECT_EQ(document["suppressed"], 0);
  const auto& message = document["messages"].at(0);
  EXPECT_EQ(message["kind"], "unknown-name");
  EXPECT_EQ(message["severity"], "error");
  EXPECT_EQ(message["headline"], "there is no `no` here");
  EXPECT_EQ(message["label"], "here");
  EXPECT_EQ(message["hint"], "h");
  EXPECT_EQ(message["span"]["file"], "a.bouton");
  EXPECT_EQ(message["span"]["begin"], (nlohmann::json{{"offset", 7}, {"line", 2}, {"column", 5}}));
  EXPECT_EQ(message["span"]["end"]["column"], 6);
  EXPECT_EQ(message["others"].at(0)["text"], "there");
  EXPECT_EQ(message["others"].at(0)["span"]["begin"]["line"], 1);
}

TEST(RenderJson, BytesThatAreNotUtf8InAFileNameDoNotStopTheOutput) {
  SourceMap sources;
  const auto error = std::get<source::LoadError>(sources.load("/nonexistent/\xFF"));
  Diagnostics diagnostics;
  diagnostics.report(Kind::FileNotReadable, error.span, {error.name, "no"});
  const auto document = nlohmann::json::parse(render_json(diagnostics, sources));
  EXPECT_EQ(document["messages"].at(0)["span"]["file"], "/nonexistent/\uFFFD");
}

TEST(RenderJson, WithoutMessagesTheListIsEmpty) {
  const auto document = nlohmann::json::parse(render_json(Diagnostics(), SourceMap()));
  EXPECT_TRUE(document["messages"].empty());
  EXPECT_TRUE(document["messages"].is_array());
}

}  // namespace
}  // namespace bouton::diagnostics
