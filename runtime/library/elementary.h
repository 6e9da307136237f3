// Functions of one number, applied to every element of an array. All come from bouton's own math
// header.
#pragma once

#include "runtime/library/arguments.h"

namespace bouton::runtime {

Result<Value> exp_of(const Arguments& arguments);
Result<Value> ln_of(const Arguments& arguments);
Result<Value> log1p_of(const Arguments& arguments);
Result<Value> expm1_of(const Arguments& arguments);
Result<Value> logistic_of(const Arguments& arguments);
Result<Value> softplus_of(const Arguments& arguments);
Result<Value> tanh_of(const Arguments& arguments);
Result<Value> sin_of(const Arguments& arguments);
Result<Value> cos_of(const Arguments& arguments);
Result<Value> sqrt_of(const Arguments& arguments);
Result<Value> abs_of(const Arguments& arguments);
Result<Value> floor_of(const Arguments& arguments);
Result<Value> round_of(const Arguments& arguments);

}  // namespace bouton::runtime
