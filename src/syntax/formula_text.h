#pragma once

// The text of a formula and the place of each of its bytes in the file it came from.

#include <optional>
#include <string>
#include <string_view>

#include "syntax/scalar_map.h"
#include "syntax/yaml.h"

namespace duly {

/// A mistake in a formula, at bytes [begin, end) of its text.
struct FormulaMistake {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string message;
  std::string help;
  Code code = Code::formula_syntax;
};

/// Borrows what it is made from. Most formulas stand in the file byte for byte; the others are walked once, as `span_in` would for each place.
class FormulaText {
 public:
  explicit FormulaText(const Node& scalar) : text_(scalar.text), whole_(scalar.span) {
    if (!whole_.source) return;
    base_ = verbatim_at(whole_.source->text, whole_.begin, scalar.style, text_);
    if (!base_) map_ = ScalarMap::of(whole_.source->text, whole_.begin, scalar.style, text_);
  }
  explicit FormulaText(const GridCell& cell) : text_(cell.text), whole_(cell.span) {
    if (text_of(whole_) == text_) base_ = whole_.begin;
  }

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view text(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }

  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    if (base_) return {whole_.source, *base_ + begin, *base_ + end};
    if (map_) return {whole_.source, map_->begin_of(begin), begin < end ? map_->end_of(end) : map_->begin_of(begin)};
    return whole_;
  }

 private:
  std::string_view text_;
  Span whole_;
  std::optional<std::size_t> base_;  ///< where the text starts in the file, if it stands there unchanged
  std::optional<ScalarMap> map_;     ///< if it stands there folded, indented or escaped
};

}  // namespace duly
