// Program text through parser, checker and dump.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "compiler/model/dump.h"

namespace bouton::model {

// The text and the file must be free of errors.
[[nodiscard]] Program program_of(std::string_view text);
[[nodiscard]] Program program_in(const std::string& path);

// The part of a dump that begins with `heading`, up to the next declaration; empty if there is
// none.
[[nodiscard]] std::string declaration(const std::string& dump, std::string_view heading);

}  // namespace bouton::model
