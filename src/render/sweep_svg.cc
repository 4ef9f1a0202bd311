// The chart of a sweep: the net along the varied fact, one line for each value of the other fact, with a mark at each cliff; below it a bar for each
// subject where it is eligible. Positions are whole tenths of a pixel, computed exactly, so that the same sweep gives the same bytes everywhere.

#include <algorithm>
#include <array>
#include <optional>

#include "base/number.h"
#include "render/page.h"
#include "render/sweep_words.h"
#include "render/value_text.h"

namespace duly {
namespace {

constexpr std::int64_t width = 9'600, left = 950, right = 400, top = 300, plot_height = 3'600, bar_height = 220, most_bars = 16;
constexpr std::array<std::string_view, 6> colors{"#0b5cad", "#a33b00", "#1a7a3c", "#7a2b8f", "#8a6d00", "#444444"};

std::string escaped(std::string_view text) {
  std::string out;
  add_escaped(text, out);
  return out;
}

std::string pixels(std::int64_t tenths) {
  const std::string sign = tenths < 0 ? "-" : "";
  tenths = tenths < 0 ? -tenths : tenths;
  return sign + std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10));
}

std::int64_t whole(const Number& number) { return static_cast<std::int64_t>(numerator(number) / denominator(number)); }

/// 1, 2 or 5 times a power of ten, at least `least`.
Number round_step(const Number& least) {
  Number power = 1;
  while (power * 10 <= least) power *= 10;
  while (power > least && power > Number(1, 1'000'000)) power /= 10;
  for (const int times : {1, 2, 5, 10})
    if (power * times >= least) return power * times;
  return power * 10;
}

struct Spot {
  Number x, y;
};

class Drawing {
 public:
  explicit Drawing(const Sweep& sweep) : s_(sweep) {}

  std::string run() {
    measure();
    const auto bars = static_cast<std::int64_t>(std::min<std::size_t>(by_values_.size() > 1 ? 0 : s_.subjects.size(), most_bars));
    const std::int64_t legend = by_values_.size() > 1 ? static_cast<std::int64_t>(by_values_.size()) * 200 : 0;
    const std::int64_t height = top + plot_height + 700 + bars * bar_height + legend;
    out_ =
        "<svg xmlns=\"http://www.w3.org/20"
        "00/svg\" viewBox=\"0 0 " +
        pixels(width) + " " + pixels(height) + "\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n<title>" +
        escaped(sweep_title(s_)) + "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
    if (lines_.empty()) {
      text(left, top, "start", "Nothing to draw: the net is not known, or the values are no numbers.");
      return out_ + "</svg>\n";
    }
    axes();
    for (std::size_t l = 0; l < lines_.size(); ++l) line(l);
    for (const SweptTurn& turn : s_.turns)
      if (turn.is_cliff) cliff(turn);
    for (std::size_t s = 0; s < static_cast<std::size_t>(bars); ++s) bar(s, top + plot_height + 750 + static_cast<std::int64_t>(s) * bar_height);
    for (std::size_t l = 0; legend > 0 && l < by_values_.size(); ++l)
      text(left, top + plot_height + 800 + static_cast<std::int64_t>(l) * 200, "start", s_.by.title + ": " + value_words(s_.by, by_values_[l]),
           colors[l % colors.size()]);
    return out_ + "</svg>\n";
  }

 private:
  void measure() {
    for (const SweptPoint& point : s_.points)
      if (std::find(by_values_.begin(), by_values_.end(), point.by) == by_values_.end()) by_values_.push_back(point.by);
    for (const std::string& by : by_values_) {
      std::vector<Spot> line;
      for (const SweptPoint& point : s_.points)
        if (point.by == by) add(line, point.value, point.net);
      for (const SweptTurn& turn : s_.turns)
        if (turn.by == by) add(line, turn.before, turn.net_before), add(line, turn.after, turn.net_after);
      std::stable_sort(line.begin(), line.end(), [](const Spot& a, const Spot& b) { return a.x < b.x; });
      if (line.empty()) continue;
      for (const Spot& spot : line) {
        if (lines_.empty() && &spot == line.data()) low_x_ = high_x_ = spot.x, high_y_ = spot.y, low_y_ = std::min<Number>(0, spot.y);
        low_x_ = std::min(low_x_, spot.x), high_x_ = std::max(high_x_, spot.x);
        low_y_ = std::min(low_y_, spot.y), high_y_ = std::max(high_y_, spot.y);
      }
      lines_.push_back(std::move(line));
    }
    if (high_x_ == low_x_) high_x_ += 1;
    if (high_y_ == low_y_) high_y_ += 1;
  }

  static void add(std::vector<Spot>& line, const std::string& value, const std::string& net) {
    const auto x = number_in(value);
    const auto y = number_in(net);
    if (x && y) line.push_back({*x, *y});
  }

  [[nodiscard]] std::int64_t x_of(const Number& value) const { return left + whole((value - low_x_) * (width - left - right) / (high_x_ - low_x_)); }
  [[nodiscard]] std::int64_t y_of(const Number& value) const {
    return top + plot_height - whole((value - low_y_) * plot_height / (high_y_ - low_y_));
  }

  void text(std::int64_t x, std::int64_t y, std::string_view anchor, std::string_view what, std::string_view color = "#1b1b1b") {
    out_.append("<text x=\"")
        .append(pixels(x))
        .append("\" y=\"")
        .append(pixels(y))
        .append("\" text-anchor=\"")
        .append(anchor)
        .append("\" fill=\"")
        .append(color);
    out_.append("\">").append(escaped(what)).append("</text>\n");
  }

  void stroke(std::int64_t x1, std::int64_t y1, std::int64_t x2, std::int64_t y2, std::string_view how) {
    out_.append("<line x1=\"")
        .append(pixels(x1))
        .append("\" y1=\"")
        .append(pixels(y1))
        .append("\" x2=\"")
        .append(pixels(x2))
        .append("\" y2=\"")
        .append(pixels(y2));
    out_.append("\" ").append(how).append("/>\n");
  }

  void axes() {
    const Number step_y = round_step((high_y_ - low_y_) / 8);
    for (Number y = 0; y <= high_y_; y += step_y) {
      stroke(left, y_of(y), width - right, y_of(y), y == 0 ? "stroke=\"#1b1b1b\"" : "stroke=\"#ddd\"");
      text(left - 60, y_of(y) + 40, "end", money_text(to_text(y)));
    }
    const Number step_x = round_step((high_x_ - low_x_) / 8);
    Number first = step_x * Number(floor_of(low_x_ / step_x));
    if (first < low_x_) first += step_x;
    for (Number x = first; x <= high_x_; x += step_x) {
      stroke(x_of(x), top + plot_height, x_of(x), top + plot_height + 50, "stroke=\"#1b1b1b\"");
      text(x_of(x), top + plot_height + 190, "middle", value_words(s_.vary, to_text(x)));
    }
    text(left, top - 120, "start", "Net: money in plus benefits, dollars a month");
    text(width - right, top + plot_height + 400, "end", s_.vary.title);
  }

  void line(std::size_t number) {
    out_ += "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"";
    out_.append(colors[number % colors.size()]).append("\" points=\"");
    for (const Spot& spot : lines_[number]) out_.append(pixels(x_of(spot.x))).append(",").append(pixels(y_of(spot.y))).append(" ");
    out_.back() = '"';
    out_ += "/>\n";
  }

  void cliff(const SweptTurn& turn) {
    const auto x = number_in(turn.after);
    if (!x) return;
    const auto y = number_in(turn.net_before);
    const std::int64_t at = x_of(*x);
    stroke(at, top, at, top + plot_height, "stroke=\"#b3261e\" stroke-dasharray=\"4 3\"");
    std::string label = turn.lost.empty() ? "" : "-" + money_text(turn.lost);
    if (y)
      out_.append("<circle r=\"3.5\" fill=\"#b3261e\" cx=\"")
          .append(pixels(at))
          .append("\" cy=\"")
          .append(pixels(y_of(*y)))
          .append("\"><title>")
          .append(escaped(value_words(s_.vary, turn.after) + ": " + loss_words(turn)))
          .append("</title></circle>\n");
    const bool is_far_right = at > width - right - 900;
    text(at + (is_far_right ? -40 : 40), top + 100 + marks_++ % 6 * 130, is_far_right ? "end" : "start", label.empty() ? "eligibility ends" : label,
         "#b3261e");
  }

  /// Where a subject is eligible.
  void bar(std::size_t subject, std::int64_t y) {
    stroke(left, y, width - right, y, "stroke=\"#ddd\" stroke-width=\"6\"");
    for (const ServedRange& range : served_ranges(s_, subject))
      stroke(x_of(range.from), y, std::max(x_of(range.to), x_of(range.from) + 10), y, "stroke=\"#1a7a3c\" stroke-width=\"6\"");
    text(left, y - 60, "start", "eligible, " + subject_words(s_.subjects[subject]));
  }

  const Sweep& s_;
  std::string out_;
  std::vector<std::string> by_values_;
  std::vector<std::vector<Spot>> lines_;
  Number low_x_, high_x_, low_y_, high_y_;
  std::int64_t marks_ = 0;
};

}  // namespace

std::string to_svg(const Sweep& sweep) { return Drawing(sweep).run(); }

}  // namespace duly
