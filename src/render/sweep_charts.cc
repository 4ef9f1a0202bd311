#include "render/sweep_charts.h"

#include <algorithm>

#include "base/text.h"
#include "render/svg_writer.h"
#include "render/sweep_bars.h"
#include "render/sweep_words.h"
#include "render/value_text.h"

namespace duly {
namespace {

constexpr std::string_view dashes = R"([[1,0],[6,3],[2,2],[8,3,2,3],[12,4],[4,1]])";
constexpr std::string_view money = "US dollars a month";
constexpr std::int64_t label_rows = 6;  ///< labels of cliffs near each other stand below one another

std::string color_range() {
  std::string out;
  for (const std::string_view color : drawing_colors) out += (out.empty() ? "[" : ",") + quoted_json(color);
  return out + "]";
}

std::string known(const std::string& amount) { return amount.empty() ? "not known" : money_text(amount); }

class SweepCharts {
 public:
  explicit SweepCharts(const Sweep& sweep) : s_(sweep), has_by_(!sweep.by.path.empty()) {}

  std::vector<Chart> run() {
    if (s_.points.empty()) return {};
    low_ = high_ = *number_in(s_.points.front().value);
    for (const SweptPoint& point : s_.points) {
      const Number x = *number_in(point.value);
      low_ = std::min(low_, x), high_ = std::max(high_, x);
      if (const auto y = number_in(point.net)) see(*y);
    }
    for (const SweptTurn& turn : s_.turns)
      for (const std::string& net : {turn.net_before, turn.net_after})
        if (const auto y = number_in(net)) see(*y);
    if (top_) net();
    if (std::any_of(s_.subjects.begin(), s_.subjects.end(), [](const SweptSubject& subject) { return subject.gives_money; })) benefits();
    if (!has_by_ && !s_.subjects.empty()) eligible();
    if (has_by_ && top_) map();
    return std::move(out_);
  }

 private:
  void see(const Number& y) {
    top_ = top_ ? std::max(*top_, y) : y;
    bottom_ = bottom_ ? std::min(*bottom_, y) : std::min<Number>(0, y);
  }

  [[nodiscard]] std::string x_axis() const {
    const std::string format = s_.vary.unit.starts_with("USD") ? "$,.0f" : ",.6~f";
    std::string title = s_.vary.title;
    if (!s_.vary.unit.empty()) title += ", " + s_.vary.unit;
    return R"("x":{"field":"x","type":"quantitative","title":)" + quoted_json(title) + R"(,"axis":{"format":")" + format +
           R"(","grid":false},"scale":{"zero":false,"nice":false}})";
  }

  static std::string y_axis(std::string_view field, const std::string& title) {
    return R"("y":{"field":)" + quoted_json(field) + R"(,"type":"quantitative","title":)" + quoted_json(title) + R"(,"axis":{"format":"$,.0f"}})";
  }

  static std::string tooltip(const std::vector<std::pair<std::string_view, std::string>>& lines) {
    std::string out = R"("tooltip":[)";
    for (const auto& [field, title] : lines) {
      if (out.back() != '[') out += ",";
      out += R"({"field":)" + quoted_json(field) + R"(,"type":"nominal","title":)" + quoted_json(title) + "}";
    }
    return out + "]";
  }

  /// A color, and a pattern of dashes for who reads it in grey.
  static std::string told_apart(std::string_view field, const std::string& title) {
    std::string out;
    for (const auto& [channel, range] : {std::pair{"color", color_range()}, std::pair{"strokeDash", std::string(dashes)}})
      out.append(out.empty() ? "\"" : ",\"")
          .append(channel)
          .append(R"(":{"sort":null,"type":"nominal","field":)")
          .append(quoted_json(field))
          .append(R"(,"title":)")
          .append(quoted_json(title))
          .append(R"(,"scale":{"range":)")
          .append(range)
          .append("}}");
    return out;
  }

  void net() {
    ChartRows rows;
    const auto add = [&](const std::string& value, const std::string& by, const std::string& amount) {
      rows.begin_row();
      rows.place("x", number_in(value));
      rows.place("net", number_in(amount));
      rows.text("value", value_words(s_.vary, value));
      rows.text("amount", known(amount));
      if (has_by_) rows.text("by", value_words(s_.by, by));
      rows.end_row();
    };
    for (const SweptPoint& point : s_.points) add(point.value, point.by, point.net);
    for (const SweptTurn& turn : s_.turns) {
      add(turn.before, turn.by, turn.net_before);
      add(turn.after, turn.by, turn.net_after);
    }
    ChartRows cliffs;
    std::int64_t count = 0;
    for (const SweptTurn& turn : s_.turns)
      if (turn.is_cliff) cliff(turn, count++, cliffs);
    std::vector<std::pair<std::string_view, std::string>> lines{{"value", s_.vary.title}, {"amount", "Net"}};
    std::vector<std::pair<std::string_view, std::string>> cliff_lines{
        {"value", s_.vary.title}, {"loss", "Cliff"}, {"because", "Because of"}, {"again", "Made up"}};
    if (has_by_) lines.emplace_back("by", s_.by.title), cliff_lines.emplace_back("by", s_.by.title);
    const std::string by = has_by_ ? "," + told_apart("by", s_.by.title) : "";
    const std::string y = y_axis("net", "Net, " + std::string(money));
    out_.push_back(
        {"Net: money in plus benefits",
         "A line of the net along " + s_.vary.title + ", with a mark at each of " + std::to_string(count) +
             " cliffs. The table below has the same amounts.",
         {{"net", rows.take()}, {"cliffs", cliffs.take()}},
         R"("height":340,"layer":[{"name":"line","data":{"name":"net"},"mark":{"type":"line","color":"#0b5cad"},"encoding":{)" + x_axis() + "," + y +
             by + R"(}},{"name":"rules","data":{"name":"cliffs"},"mark":{"type":"rule","color":"#b3261e","strokeDash":[4,3]},"encoding":{)" +
             x_axis() + R"(}},{"name":"points","data":{"name":"net"},"mark":{"type":"point","opacity":0,"size":120},"encoding":{)" + x_axis() + "," +
             y + "," + tooltip(lines) + R"(}},{"name":"cliffs","data":{"name":"cliffs"},"mark":{"type":"circle","color":"#b3261e","opacity":1,)" +
             R"("size":60},"encoding":{)" + x_axis() + "," + y + "," + tooltip(cliff_lines) +
             R"(}},{"name":"labels","data":{"name":"cliffs"},"mark":{"type":"text","color":"#b3261e",)" +
             R"("align":{"expr":"datum.is_right ? 'right' : 'left'"},"dx":{"expr":"datum.is_right ? -4 : 4"}},"encoding":{)" + x_axis() +
             R"(,"y":{"field":"label_at","type":"quantitative"},"text":{"field":"label","type":"nominal"}}}])"});
  }

  void cliff(const SweptTurn& turn, std::int64_t number, ChartRows& rows) const {
    const auto x = number_in(turn.after);
    std::vector<std::string> causes;
    for (const TurnCause& cause : turn.causes)
      if (std::string words = cause_words(cause); !words.empty()) causes.push_back(std::move(words));
    rows.begin_row();
    rows.place("x", x);
    rows.place("net", number_in(turn.net_before));
    rows.place("label_at", *top_ - (*top_ - *bottom_) * (number % label_rows) / 25);
    rows.place("is_right", std::int64_t{x && *x > low_ + (high_ - low_) * 4 / 5});
    rows.text("value", value_words(s_.vary, turn.before) + " to " + value_words(s_.vary, turn.after));
    rows.text("label", turn.lost.empty() ? "eligibility ends" : "-" + money_text(turn.lost));
    rows.text("loss", loss_words(turn));
    rows.text("because", join_words(causes));
    rows.text("again", made_up_words(s_, turn));
    if (has_by_) rows.text("by", value_words(s_.by, turn.by));
    rows.end_row();
  }

  void benefits() {
    ChartRows rows;
    const auto add = [&](const std::string& value, const std::string& by, std::size_t subject, const SweptDecision& decision) {
      if (!s_.subjects[subject].gives_money || !decision.decided) return;
      const bool is_refused = decision.outcome == Outcome::ineligible;
      rows.begin_row();
      rows.place("x", number_in(value));
      rows.place("benefit", is_refused ? Number(0) : number_in(decision.benefit));
      rows.text("subject", subject_words(s_.subjects[subject]) + (has_by_ ? ", " + value_words(s_.by, by) : ""));
      rows.text("value", value_words(s_.vary, value));
      rows.text("amount", is_refused ? "not eligible" : decision_words(s_.subjects[subject], decision));
      rows.end_row();
    };
    for (std::size_t subject = 0; subject < s_.subjects.size(); ++subject) {
      for (const SweptPoint& point : s_.points) add(point.value, point.by, subject, point.decisions[subject]);
      for (const SweptTurn& turn : s_.turns)
        for (const SweptChange& change : turn.changes) {
          if (change.subject != subject) continue;
          add(turn.before, turn.by, subject, change.before);
          add(turn.after, turn.by, subject, change.after);
        }
    }
    const std::string y = y_axis("benefit", "Benefit, " + std::string(money));
    out_.push_back(
        {"What each program gives",
         "A line for each program and whom it decides: its benefit along " + s_.vary.title + ". Where an amount is not known the line has a gap.",
         {{"benefits", rows.take()}},
         R"("height":220,"data":{"name":"benefits"},"layer":[{"name":"line","mark":{"type":"line","invalid":"break-paths-show-domains"},"encoding":{)" +
             x_axis() + "," + y + "," + told_apart("subject", "Benefit of") +
             R"(}},{"name":"points","mark":{"type":"point","opacity":0,"size":120},"encoding":{)" + x_axis() + "," + y + "," +
             tooltip({{"subject", "Benefit of"}, {"value", s_.vary.title}, {"amount", "Benefit"}}) + "}}]"});
  }

  void eligible() {
    ChartRows rows;
    for (std::size_t subject = 0; subject < s_.subjects.size(); ++subject) {
      for (const ServedRange& range : served_ranges(s_, subject)) {
        const std::string from = to_text(range.from);
        const std::string to = to_text(range.to);
        rows.begin_row();
        rows.place("x", range.from);
        rows.place("to", range.to);
        rows.text("subject", subject_words(s_.subjects[subject]));
        rows.text("range", value_words(s_.vary, from) + " to " + value_words(s_.vary, to));
        rows.end_row();
      }
    }
    ChartRows all;
    for (const SweptSubject& subject : s_.subjects) {
      all.begin_row();
      all.place("x", low_);
      all.place("to", high_);
      all.text("subject", subject_words(subject));
      all.end_row();
    }
    const std::string where = x_axis() + R"(,"x2":{"field":"to"},"y":{"field":"subject","type":"nominal","sort":null,"title":null})";
    out_.push_back(
        {"Who is eligible where",
         "A bar for each program and whom it decides, over the values of " + s_.vary.title + " with which they are eligible.",
         {{"all", all.take()}, {"served", rows.take()}},
         R"("height":{"step":24},"layer":[{"name":"all","data":{"name":"all"},"mark":{"type":"bar","height":3,"color":"#ddd"},"encoding":{)" + where +
             R"(}},{"name":"served","data":{"name":"served"},"mark":{"type":"bar","height":10,"color":"#1a7a3c","stroke":"#1a7a3c"},"encoding":{)" +
             where + "," + tooltip({{"subject", "Eligible"}, {"range", s_.vary.title}}) + "}}]"});
  }

  void map() {
    ChartRows rows;
    for (const SweptPoint& point : s_.points) {
      const auto amount = number_in(point.net);
      if (!amount) continue;
      rows.begin_row();
      rows.place("net", amount);
      rows.text("value", value_words(s_.vary, point.value));
      rows.text("by", value_words(s_.by, point.by));
      rows.text("amount", money_text(point.net));
      rows.end_row();
    }
    out_.push_back(
        {"The net along both facts",
         "A map of the net: " + s_.vary.title + " across, " + s_.by.title + " down; the darker, the more is left.",
         {{"net", rows.take()}},
         R"("height":{"step":28},"data":{"name":"net"},"name":"map","mark":"rect","encoding":{"x":{"field":"value","type":"ordinal","sort":null,"title":)" +
             quoted_json(s_.vary.title) + R"(,"axis":{"labelOverlap":true,"labelAngle":0}},"y":{"field":"by","type":"ordinal","sort":null,"title":)" +
             quoted_json(s_.by.title) + R"(},"color":{"field":"net","type":"quantitative","title":"Net, US dollars a month",)" +
             R"("scale":{"scheme":"blues"},"legend":{"format":"$,.0f"}},)" +
             tooltip({{"value", s_.vary.title}, {"by", s_.by.title}, {"amount", "Net"}}) + "}"});
  }

  const Sweep& s_;
  bool has_by_;
  Number low_, high_;
  std::optional<Number> top_, bottom_;
  std::vector<Chart> out_;
};

}  // namespace

std::vector<Chart> charts_of(const Sweep& sweep) { return is_along_numbers(sweep) ? SweepCharts(sweep).run() : bar_charts_of(sweep); }

}  // namespace duly
