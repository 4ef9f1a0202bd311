#pragma once

// How strongly each operator of a formula binds. Reading and printing use the same table, so that a printed formula reads as the same tree.

namespace duly::power {

inline constexpr int reaches_right = 0;  ///< if, for, some, every: all that follows is theirs
inline constexpr int logical_or = 10;
inline constexpr int logical_and = 20;
inline constexpr int negation = 30;      ///< not x
inline constexpr int comparison = 40;    ///< = != < <= > >= in between; they do not chain
inline constexpr int sum = 50;
inline constexpr int product = 60;
inline constexpr int exponent = 70;      ///< **, to the left; its right side is unary
inline constexpr int minus = 80;         ///< -x, so that -3 ** 2 is 9
inline constexpr int words = 90;             ///< as of, if none
inline constexpr int postfix = 95;       ///< .name, [filter]
inline constexpr int atom = 100;

}  // namespace duly::power
