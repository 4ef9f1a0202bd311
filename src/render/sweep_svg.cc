// The chart of a sweep along numbers: the net along the varied fact, one line for each value of the other fact, with a mark at each cliff; below it a bar
// for each subject where it is eligible.

#include <algorithm>
#include <optional>

#include "render/page.h"
#include "render/svg_writer.h"
#include "render/sweep_bars.h"
#include "render/sweep_words.h"
#include "render/value_text.h"

namespace duly {
namespace {

constexpr std::int64_t width = 9'600, left = 950, right = 400, top = 300, plot_height = 3'600, bar_height = 220, most_bars = 16;
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
    svg_ = SvgWriter(width, height, sweep_title(s_));
    if (lines_.empty()) {
      svg_.text(left, top, "start", "Nothing to draw: the net is not known.");
      return svg_.take();
    }
    axes();
    for (std::size_t l = 0; l < lines_.size(); ++l) line(l);
    for (const SweptTurn& turn : s_.turns)
      if (turn.is_cliff) cliff(turn);
    for (std::size_t s = 0; s < static_cast<std::size_t>(bars); ++s) bar(s, top + plot_height + 750 + static_cast<std::int64_t>(s) * bar_height);
    for (std::size_t l = 0; legend > 0 && l < by_values_.size(); ++l)
      svg_.text(left, top + plot_height + 800 + static_cast<std::int64_t>(l) * 200, "start", s_.by.title + ": " + value_words(s_.by, by_values_[l]),
                drawing_colors[l % drawing_colors.size()]);
    return svg_.take();
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

  [[nodiscard]] std::int64_t x_of(const Number& value) const {
    return left + whole_tenths((value - low_x_) * (width - left - right) / (high_x_ - low_x_));
  }
  [[nodiscard]] std::int64_t y_of(const Number& value) const {
    return top + plot_height - whole_tenths((value - low_y_) * plot_height / (high_y_ - low_y_));
  }

  void axes() {
    const Number step_y = round_step((high_y_ - low_y_) / 8);
    for (Number y = 0; y <= high_y_; y += step_y) {
      svg_.line(left, y_of(y), width - right, y_of(y), y == 0 ? "stroke=\"#1b1b1b\"" : "stroke=\"#ddd\"");
      svg_.text(left - 60, y_of(y) + 40, "end", money_text(to_text(y)));
    }
    const Number step_x = round_step((high_x_ - low_x_) / 8);
    Number first = step_x * Number(floor_of(low_x_ / step_x));
    if (first < low_x_) first += step_x;
    for (Number x = first; x <= high_x_; x += step_x) {
      svg_.line(x_of(x), top + plot_height, x_of(x), top + plot_height + 50, "stroke=\"#1b1b1b\"");
      svg_.text(x_of(x), top + plot_height + 190, "middle", value_words(s_.vary, to_text(x)));
    }
    svg_.text(left, top - 120, "start", "Net: money in plus benefits, dollars a month");
    svg_.text(width - right, top + plot_height + 400, "end", s_.vary.title);
  }

  void line(std::size_t number) {
    std::string markup = "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"";
    markup.append(drawing_colors[number % drawing_colors.size()]).append("\" points=\"");
    for (const Spot& spot : lines_[number]) markup.append(pixels(x_of(spot.x))).append(",").append(pixels(y_of(spot.y))).append(" ");
    markup.back() = '"';
    svg_.add(markup + "/>\n");
  }

  void cliff(const SweptTurn& turn) {
    const auto x = number_in(turn.after);
    if (!x) return;
    const auto y = number_in(turn.net_before);
    const std::int64_t at = x_of(*x);
    svg_.line(at, top, at, top + plot_height, "stroke=\"#b3261e\" stroke-dasharray=\"4 3\"");
    std::string label = turn.lost.empty() ? "" : "-" + money_text(turn.lost);
    if (y) {
      std::string title;
      add_escaped(value_words(s_.vary, turn.after) + ": " + loss_words(turn), title);
      svg_.add("<circle r=\"3.5\" fill=\"#b3261e\" cx=\"" + pixels(at) + "\" cy=\"" + pixels(y_of(*y)) + "\"><title>" + title +
               "</title></circle>\n");
    }
    const bool is_far_right = at > width - right - 900;
    svg_.text(at + (is_far_right ? -40 : 40), top + 100 + marks_++ % 6 * 130, is_far_right ? "end" : "start",
              label.empty() ? "eligibility ends" : label, "#b3261e");
  }

  /// Where a subject is eligible.
  void bar(std::size_t subject, std::int64_t y) {
    svg_.line(left, y, width - right, y, "stroke=\"#ddd\" stroke-width=\"6\"");
    for (const ServedRange& range : served_ranges(s_, subject))
      svg_.line(x_of(range.from), y, std::max(x_of(range.to), x_of(range.from) + 10), y, "stroke=\"#1a7a3c\" stroke-width=\"6\"");
    svg_.text(left, y - 60, "start", "eligible, " + subject_words(s_.subjects[subject]));
  }

  const Sweep& s_;
  SvgWriter svg_{0, 0, ""};
  std::vector<std::string> by_values_;
  std::vector<std::vector<Spot>> lines_;
  Number low_x_, high_x_, low_y_, high_y_;
  std::int64_t marks_ = 0;
};

}  // namespace

std::string to_svg(const Sweep& sweep) { return is_along_numbers(sweep) ? Drawing(sweep).run() : bars_svg(sweep); }

}  // namespace duly
