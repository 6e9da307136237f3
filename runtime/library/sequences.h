// Lists and arrays as sequences along their first axis.
#pragma once

#include "runtime/library/arguments.h"

namespace bouton::runtime {

Result<Value> length_of_argument(const Arguments& arguments);
Result<Value> zip_arguments(const Arguments& arguments);
Result<Value> concat_arguments(const Arguments& arguments);
Result<Value> append_argument(const Arguments& arguments);

}  // namespace bouton::runtime
