// Functions of matrices; a weight matrix is [post, pre].
#pragma once

#include "runtime/library/arguments.h"

namespace bouton::runtime {

Result<Value> transpose_of(const Arguments& arguments);
Result<Value> mirror_of(const Arguments& arguments);  // upper triangle copied down, diagonal 0
Result<Value> upper_of(const Arguments& arguments);   // strict upper triangle as a row-major vector

// Matrix or vector times matrix or vector. Terms whose right factor is 0 are 0 whatever the left
// one: the right operand stands where a network has the presynaptic activity (SEMANTICS: sums).
Result<Value> matrix_product(const Arguments& arguments);

// Between two arrays of as many elements taken as vectors, in degrees, the cosine clamped to [-1,
// 1].
Result<Value> angle_between(const Arguments& arguments);

// variance(upper(W - transpose(W))): the variance of the differences within pairs of reciprocal
// weights.
Result<Value> asymmetry_of(const Arguments& arguments);

}  // namespace bouton::runtime
