// Text that is kept in a file beside its input. With UPDATE_GOLDEN=1 in the environment a file
// that differs or is missing is written instead, its folder too, and named on standard output; look
// at the difference before committing it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace bouton::golden {

[[nodiscard]] std::string read_text(const std::filesystem::path& path);

[[nodiscard]] testing::AssertionResult matches_golden(const std::filesystem::path& golden,
                                                      const std::string& actual);

}  // namespace bouton::golden
