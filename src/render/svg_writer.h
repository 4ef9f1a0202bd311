#pragma once

// Plain drawings as SVG. Positions are whole tenths of a pixel, computed exactly, so that the same drawing gives the same bytes everywhere.
//
// Threads: belongs to one thread.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/number.h"

namespace duly {

/// Of lines and bars that are told apart; each again after the last.
inline constexpr std::array<std::string_view, 6> drawing_colors{"#0b5cad", "#a33b00", "#1a7a3c", "#7a2b8f", "#8a6d00", "#444444"};

/// `12.5`: tenths of a pixel.
std::string pixels(std::int64_t tenths);
/// The number cut to whole tenths.
std::int64_t whole_tenths(const Number& number);
/// 1, 2 or 5 times a power of ten, at least `least`: what an axis counts by.
Number round_step(const Number& least);

class SvgWriter {
 public:
  SvgWriter(std::int64_t width, std::int64_t height, std::string_view title);
  void text(std::int64_t x, std::int64_t y, std::string_view anchor, std::string_view what, std::string_view color = "#1b1b1b");
  /// `how` are further attributes, such as `stroke="#ddd"`.
  void line(std::int64_t x1, std::int64_t y1, std::int64_t x2, std::int64_t y2, std::string_view how);
  void bar(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height, std::string_view color, std::string_view title);
  /// An element of its own.
  void add(std::string_view markup) { out_ += markup; }
  std::string take();

 private:
  std::string out_;
};

}  // namespace duly
