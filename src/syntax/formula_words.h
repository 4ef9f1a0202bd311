#pragma once

// The words that mean something in every formula: built-in functions and units of time.

#include <span>
#include <string_view>

namespace duly {

/// `months` for `month` and `months`, likewise days, weeks and years; empty if `word` is no unit of time.
std::string_view unit_of_time(std::string_view word);

/// Built-in functions whose names have blanks, such as `round half up`.
std::span<const std::string_view> built_ins_of_several_words();

}  // namespace duly
