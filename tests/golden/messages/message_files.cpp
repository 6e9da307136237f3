#include "tests/golden/messages/message_files.h"

#include <algorithm>
#include <ostream>
#include <regex>
#include <sstream>

#include "compiler/diagnostics/render.h"

namespace bouton::golden {
namespace {

namespace fs = std::filesystem;

// Programs are named as a user in their folder would name them.
class WorkingFolder {
 public:
  explicit WorkingFolder(const fs::path& folder) : before_(fs::current_path()) {
    fs::current_path(folder);
  }
  ~WorkingFolder() { fs::current_path(before_); }
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;

 private:
  fs::path before_;
};

MessageFile describe(const fs::path& path) {
  const std::string stem = path.stem().string();
  const std::size_t dot = stem.find('.');
  return {path, stem.substr(0, dot), dot == std::string::npos ? "" : stem.substr(dot + 1)};
}

// The kebab name of an identifier of kinds.def; nothing for one that is no kind.
std::string find_name_of(const std::string& identifier) {
  static const auto names = [] {
    std::map<std::string, std::string> all;
#define BOUTON_DIAGNOSTIC(name, severity, headline) \
  all[#name] = diagnostics::name_of(diagnostics::Kind::name);
#include "compiler/diagnostics/kinds.def"
#undef BOUTON_DIAGNOSTIC
    return all;
  }();
  const auto found = names.find(identifier);
  return found == names.end() ? "" : found->second;
}

}  // namespace

void PrintTo(const MessageFile& file, std::ostream* out) { *out << file.path.filename(); }

std::vector<MessageFile> find_message_files(const fs::path& folder) {
  std::vector<MessageFile> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".bouton") files.push_back(describe(entry.path()));
  }
  std::sort(files.begin(), files.end(),
            [](const MessageFile& a, const MessageFile& b) { return a.path < b.path; });
  return files;
}

std::map<std::string, std::string> parse_sections(std::string_view kinds_def) {
  static const std::regex kSection(R"(^// ([a-z ]+)(:.*)?$)");
  static const std::regex kKind(R"(^BOUTON_DIAGNOSTIC\((\w+),)");
  std::map<std::string, std::string> sections;
  std::string section;
  std::istringstream stream{std::string(kinds_def)};
  for (std::string line; std::getline(stream, line);) {
    std::smatch found;
    if (std::regex_search(line, found, kSection)) section = found[1].str();
    if (!std::regex_search(line, found, kKind)) continue;
    sections[find_name_of(found[1].str())] = section;
  }
  return sections;
}

Outcome check_text_of(const fs::path& program, const Pipeline& pipeline) {
  const WorkingFolder inside(program.parent_path());
  source::SourceMap sources;
  diagnostics::Diagnostics diagnostics;
  pipeline(program.filename().string(), sources, diagnostics);
  Outcome outcome{render_text(diagnostics, sources), {}, {}};
  for (const auto& diagnostic : diagnostics.all()) {
    const std::string kind(name_of(diagnostic.kind));
    outcome.kinds.insert(kind);
    if (severity_of(diagnostic.kind) == diagnostics::Severity::Error) outcome.errors.insert(kind);
  }
  return outcome;
}

}  // namespace bouton::golden
