// The arithmetic of neurons, synapses and rules, in the program's precision.
//
// Numbers are kept in doubles. In single precision each of them is an IEEE binary32 number, and
// every operation is computed in binary32 on such numbers. Interpreter and elaboration compute
// through this class alone, so that there is no other place to forget a rounding in; what the
// experiment itself computes is always double and does not come here.
#pragma once

#include <cstdint>
#include <string_view>

namespace bouton::elaborate {

enum class Precision : std::uint8_t { Single, Double };
[[nodiscard]] constexpr std::string_view name_of(Precision precision) {
  return precision == Precision::Single ? "single" : "double";
}

class RealArithmetic {
 public:
  explicit constexpr RealArithmetic(Precision precision) : precision_(precision) {}

  // `use` with a zero of the precision's type, for what is a template over it.
  template <typename Use>
  [[nodiscard]] auto in_type(Use use) const {
    return precision_ == Precision::Single ? use(float{0}) : use(double{0});
  }

  // `operation`, a template over float and double, on numbers converted to the precision.
  template <typename Operation, typename... Numbers>
  [[nodiscard]] double apply(Operation operation, Numbers... numbers) const {
    return in_type([&](auto zero) {
      return static_cast<double>(operation(static_cast<decltype(zero)>(numbers)...));
    });
  }

  // To the nearest number of the precision, half to even: of doubles, and of whole numbers.
  [[nodiscard]] double round(double number) const {
    return apply([](auto x) { return x; }, number);
  }
  [[nodiscard]] double round(std::int64_t whole) const {
    return apply([](auto x) { return x; }, whole);
  }

  [[nodiscard]] double add(double left, double right) const {
    return apply([](auto x, auto y) { return x + y; }, left, right);
  }
  [[nodiscard]] double subtract(double left, double right) const {
    return apply([](auto x, auto y) { return x - y; }, left, right);
  }
  [[nodiscard]] double multiply(double left, double right) const {
    return apply([](auto x, auto y) { return x * y; }, left, right);
  }
  [[nodiscard]] double divide(double left, double right) const {
    return apply([](auto x, auto y) { return x / y; }, left, right);
  }
  // The remainder with the sign of the divisor.
  [[nodiscard]] double modulo(double left, double right) const;
  // By the math header, like the functions of scalar_call.h.
  [[nodiscard]] double power(double base, double exponent) const;
  [[nodiscard]] double exp(double exponent) const;
  [[nodiscard]] double expm1(double exponent) const;
  [[nodiscard]] double sqrt(double number) const;

  [[nodiscard]] Precision precision() const { return precision_; }

 private:
  Precision precision_;
};

// What experiments compute with.
inline constexpr RealArithmetic kExperimentArithmetic{Precision::Double};

}  // namespace bouton::elaborate
