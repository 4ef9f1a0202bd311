#include "render/sweep_bars.h"

#include <algorithm>

#include "base/text.h"
#include "render/svg_writer.h"
#include "render/sweep_words.h"
#include "render/value_text.h"

namespace duly {
namespace {

constexpr std::string_view dollars = "US dollars a month";

std::string net_words(const std::string& amount) { return amount.empty() ? "not known" : money_text(amount); }

/// The plain drawing: a bar of the net for each value, as far as it is known.
class Bars {
 public:
  explicit Bars(const Sweep& sweep) : s_(sweep) {}

  std::string run() {
    constexpr std::int64_t width = 9'600, left = 3'000, right = 1'100, top = 500, row = 260, bar_height = 180;
    SvgWriter svg(width, top + static_cast<std::int64_t>(s_.points.size()) * row + 200, sweep_title(s_));
    svg.text(left, 250, "start", "Net: money in plus benefits, dollars a month");
    Number least = 0;
    Number most = 1;
    for (const SweptPoint& point : s_.points)
      if (const auto net = number_in(point.net)) least = std::min(least, *net), most = std::max(most, *net);
    const auto x_of = [&](const Number& net) { return left + whole_tenths((net - least) * (width - left - right) / (most - least)); };
    std::int64_t y = top;
    for (const SweptPoint& point : s_.points) {
      const std::string label = words_of(point);
      svg.text(left - 80, y + 140, "end", label);
      const auto net = number_in(point.net);
      const std::int64_t end = x_of(net.value_or(0));
      if (net)
        svg.bar(std::min(x_of(0), end), y, std::max<std::int64_t>(std::max(x_of(0), end) - std::min(x_of(0), end), 5), bar_height, color_of(point),
                label + ": " + net_words(point.net));
      svg.text(std::max(x_of(0), end) + 60, y + 140, "start", net_words(point.net));
      y += row;
    }
    svg.line(x_of(0), top - 60, x_of(0), y, "stroke=\"#1b1b1b\"");
    return svg.take();
  }

 private:
  [[nodiscard]] std::string words_of(const SweptPoint& point) const {
    return value_words(s_.vary, point.value) + (s_.by.path.empty() ? "" : ", " + value_words(s_.by, point.by));
  }

  /// One for each value of the other fact.
  std::string_view color_of(const SweptPoint& point) {
    auto at = std::find(by_values_.begin(), by_values_.end(), point.by);
    if (at == by_values_.end()) at = by_values_.insert(at, point.by);
    return drawing_colors[static_cast<std::size_t>(at - by_values_.begin()) % drawing_colors.size()];
  }

  const Sweep& s_;
  std::vector<std::string> by_values_;
};

class BarCharts {
 public:
  explicit BarCharts(const Sweep& sweep) : s_(sweep), has_by_(!sweep.by.path.empty()) {}

  std::vector<Chart> run() {
    if (s_.points.empty()) return {};
    net();
    if (std::any_of(s_.subjects.begin(), s_.subjects.end(), [](const SweptSubject& subject) { return subject.gives_money; })) benefits();
    if (!s_.subjects.empty()) eligible();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string where() const {
    return R"("y":{"field":"value","type":"nominal","sort":null,"title":)" + quoted_json(s_.vary.title) + "}";
  }
  [[nodiscard]] std::string across(std::string_view field, const std::string& title) const {
    return R"("x":{"field":)" + quoted_json(field) + R"(,"type":"quantitative","title":)" + quoted_json(title + ", " + std::string(dollars)) +
           R"(,"axis":{"format":"$,.0f"}})";
  }
  static std::string colored(std::string_view field, const std::string& title) {
    std::string colors;
    for (const std::string_view color : drawing_colors) colors += (colors.empty() ? "" : ",") + quoted_json(color);
    return R"("color":{"sort":null,"type":"nominal","field":)" + quoted_json(field) + R"(,"title":)" + quoted_json(title) + R"(,"scale":{"range":[)" +
           colors + "]}}";
  }
  static std::string tooltip(const std::vector<std::pair<std::string_view, std::string>>& lines) {
    std::string out;
    for (const auto& [field, title] : lines)
      out += (out.empty() ? "" : ",") + (R"({"type":"nominal","field":)" + quoted_json(field) + R"(,"title":)" + quoted_json(title) + "}");
    return R"("tooltip":[)" + out + "]";
  }

  void begin_row(ChartRows& rows, const SweptPoint& point) const {
    rows.begin_row();
    rows.text("value", value_words(s_.vary, point.value));
    if (has_by_) rows.text("by", value_words(s_.by, point.by));
  }

  void net() {
    ChartRows rows;
    for (const SweptPoint& point : s_.points) {
      begin_row(rows, point);
      rows.place("net", number_in(point.net));
      rows.text("amount", net_words(point.net));
      rows.end_row();
    }
    const std::string by = has_by_ ? R"(,"yOffset":{"field":"by","sort":null},)" + colored("by", s_.by.title) : "";
    std::vector<std::pair<std::string_view, std::string>> lines{{"value", s_.vary.title}, {"amount", "Net"}};
    if (has_by_) lines.emplace_back("by", s_.by.title);
    out_.push_back({"Net: money in plus benefits",
                    "A bar of the net for each value of " + s_.vary.title + ". The table below has the same amounts.",
                    {{"net", rows.take()}},
                    R"("height":{"step":)" + std::string(has_by_ ? "14" : "24") +
                        R"(},"data":{"name":"net"},"name":"nets","mark":{"type":"bar","color":"#0b5cad"},"encoding":{)" + where() + "," +
                        across("net", "Net") + by + "," + tooltip(lines) + "}"});
  }

  void benefits() {
    ChartRows rows;
    for (const SweptPoint& point : s_.points)
      for (std::size_t subject = 0; subject < s_.subjects.size(); ++subject) {
        const SweptDecision& decision = point.decisions[subject];
        if (!s_.subjects[subject].gives_money || !decision.decided) continue;
        const bool is_refused = decision.outcome == Outcome::ineligible;
        begin_row(rows, point);
        rows.place("benefit", is_refused ? Number(0) : number_in(decision.benefit));
        rows.text("subject", subject_words(s_.subjects[subject]));
        rows.text("amount", is_refused ? "not eligible" : decision_words(s_.subjects[subject], decision));
        rows.end_row();
      }
    std::vector<std::pair<std::string_view, std::string>> lines{{"subject", "Benefit of"}, {"value", s_.vary.title}, {"amount", "Benefit"}};
    if (has_by_) lines.emplace_back("by", s_.by.title);
    out_.push_back(
        {"What each program gives",
         "For each value of " + s_.vary.title + " a bar made of the benefits of each program and whom it decides. What is not known is missing.",
         {{"benefits", rows.take()}},
         R"("height":{"step":)" + std::string(has_by_ ? "14" : "24") + R"(},"data":{"name":"benefits"},"name":"benefits","mark":"bar","encoding":{)" +
             where() + (has_by_ ? R"(,"yOffset":{"field":"by","sort":null})" : "") + "," + across("benefit", "Benefit") + "," +
             colored("subject", "Benefit of") + "," + tooltip(lines) + "}"});
  }

  void eligible() {
    ChartRows rows;
    for (const SweptPoint& point : s_.points)
      for (std::size_t subject = 0; subject < s_.subjects.size(); ++subject) {
        const SweptDecision& decision = point.decisions[subject];
        if (!decision.decided) continue;
        begin_row(rows, point);
        rows.text("at", value_words(s_.vary, point.value) + (has_by_ ? ", " + value_words(s_.by, point.by) : ""));
        rows.text("subject", subject_words(s_.subjects[subject]));
        rows.text("outcome", to_word(decision.outcome));
        rows.end_row();
      }
    out_.push_back(
        {"Who is eligible where",
         "A field for each program and whom it decides at each value of " + s_.vary.title + ", in the color of the outcome.",
         {{"outcomes", rows.take()}},
         R"("height":{"step":24},"data":{"name":"outcomes"},"name":"outcomes","mark":{"type":"rect","stroke":"#fff"},"encoding":{)"
         R"("y":{"field":"subject","type":"nominal","sort":null,"title":null},"x":{"field":"at","type":"nominal","sort":null,"title":)" +
             quoted_json(s_.vary.title) +
             R"(,"axis":{"labelOverlap":true}},"color":{"field":"outcome","type":"nominal","title":"Outcome","scale":{)"
             R"("domain":["eligible","conditional","pending","ineligible","error"],"range":["#1a7a3c","#8fc79f","#e3c565","#c9c9c9","#b3261e"]}},)" +
             tooltip({{"subject", "Whom"}, {"at", s_.vary.title}, {"outcome", "Outcome"}}) + "}"});
  }

  const Sweep& s_;
  bool has_by_;
  std::vector<Chart> out_;
};

}  // namespace

std::string bars_svg(const Sweep& sweep) { return Bars(sweep).run(); }

std::vector<Chart> bar_charts_of(const Sweep& sweep) { return BarCharts(sweep).run(); }

}  // namespace duly
