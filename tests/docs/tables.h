// Tables of the documentation that are made from the compiler's own. In the document a table stands
// between
// `<!-- table: NAME -->` and `<!-- end -->`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace bouton::docs {

[[nodiscard]] std::string render_functions();
[[nodiscard]] std::string render_units();
[[nodiscard]] std::string render_types();
[[nodiscard]] std::string render_reducers();
[[nodiscard]] std::string render_uninterpreted();  // what the interpreter refuses
[[nodiscard]] std::string render_unlowered();      // what the compiler refuses

// The text between the two comments; nothing if they are missing.
[[nodiscard]] std::optional<std::string> find_table(const std::string& markdown,
                                                    const std::string& name);

// Puts `table` there. The document must have the comments.
void replace_table(const std::filesystem::path& document, const std::string& name,
                   const std::string& table);

}  // namespace bouton::docs
