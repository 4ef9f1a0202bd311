#include "compare/comparison_charts.h"

#include <algorithm>

namespace duly {
namespace {

constexpr std::size_t most_groups = 30;
constexpr std::int64_t whole = 10'000;  ///< amounts and counts in words are in ten-thousandths

std::string count_words(std::int64_t count) { return amount_in_words(count * whole); }

/// The color of each change, without a legend where the axis names them.
std::string colors(bool has_legend) {
  std::string domain;
  std::string range;
  for (const ShownChange& shown : shown_changes) {
    domain += (domain.empty() ? "" : ",") + quoted_json(shown.label);
    range += (range.empty() ? "" : ",") + quoted_json(shown.color);
  }
  return R"("color":{"field":"change","type":"nominal","title":null,"sort":null,"scale":{"domain":[)" + domain + R"(],"range":[)" + range + "]}" +
         (has_legend ? R"(,"legend":{"columns":4,"values":["newly eligible","get more","get less","no longer eligible"]})" : R"(,"legend":null)") +
         "}";
}

std::string line(std::string_view field, std::string_view title) {
  return R"({"field":)" + quoted_json(field) + R"(,"type":"nominal","title":)" + quoted_json(title) + "}";
}

}  // namespace

Chart chart_of_changes(const RulesComparison& c) {
  ChartRows rows;
  for (const ShownChange& shown : shown_changes) {
    const std::int64_t count = c.changes.all.subjects[at(shown.change)];
    if (count == 0) continue;
    const std::int64_t amount = c.changes.all.amounts[at(shown.change)];
    rows.begin_row();
    rows.text("change", shown.label);
    rows.place("decisions", count);
    rows.text("count", count_words(count));
    rows.text("amount", (amount > 0 ? "+" : "") + amount_in_words(amount));
    rows.end_row();
  }
  const std::string where = R"("x":{"field":"decisions","type":"quantitative","title":"Decisions","axis":{"format":",d","tickMinStep":1}},)"
                            R"("y":{"field":"change","type":"nominal","sort":null,"title":null})";
  return {"Decisions by what changes",
          "A bar for each kind of change, as long as the number of decisions. The table below has the same numbers.",
          {{"changes", rows.take()}},
          R"("height":{"step":26},"data":{"name":"changes"},"encoding":{)" + where + R"(},"layer":[{"name":"bars","mark":"bar","encoding":{)" +
              colors(false) + R"(,"tooltip":[)" + line("change", "Change") + "," + line("count", "Decisions") + "," +
              line("amount", "Money a month") +
              R"(]}},{"name":"counts","mark":{"type":"text","align":"left","dx":4},"encoding":{"text":{"field":"count","type":"nominal"}}}])"};
}

Chart chart_of_distribution(const RulesComparison& c) {
  ChartRows rows;
  for (const auto& [steps, subjects] : c.changes.distribution) {
    rows.begin_row();
    rows.place("from", Number(steps * c.changes.step, whole));
    rows.place("to", Number((steps + 1) * c.changes.step, whole));
    rows.place("decisions", subjects);
    rows.text("change", steps < 0 ? "get less" : "get more");
    rows.text("range", amount_in_words(steps * c.changes.step) + " to " + amount_in_words((steps + 1) * c.changes.step));
    rows.text("count", count_words(subjects));
    rows.end_row();
  }
  const std::string title = c.benefit_title.empty() ? "Change of the benefit" : c.benefit_title + ", change";
  return {
      "By how much",
      "A bar for each step of the change in benefit, as high as the number of decisions. The table below has the same numbers.",
      {{"steps", rows.take()}},
      R"("height":220,"data":{"name":"steps"},"name":"steps","mark":{"type":"bar","stroke":"#fff"},"encoding":{"x":{"field":"from","bin":"binned",)"
      R"("type":"quantitative","title":)" +
          quoted_json(title + ", US dollars a month") +
          R"(,"axis":{"format":"$,.0f"}},"x2":{"field":"to"},"y":{"field":"decisions","type":"quantitative",)" +
          R"("title":"Decisions","axis":{"format":",d","tickMinStep":1}},)" + colors(false) + R"(,"tooltip":[)" + line("range", "Change") + "," +
          line("count", "Decisions") + "]}"};
}

std::optional<Chart> chart_of_groups(const RulesComparison& c) {
  struct Touched {
    const std::string* group;
    const ChangeCounts* counts;
    std::int64_t decisions;
  };
  constexpr std::array<Change, 4> counted{Change::newly_eligible, Change::up, Change::down, Change::lost};
  std::vector<Touched> touched;
  for (const auto& [group, counts] : c.changes.groups) {
    std::int64_t decisions = 0;
    for (const Change change : counted) decisions += counts.subjects[at(change)];
    if (decisions > 0) touched.push_back({&group, &counts, decisions});
  }
  if (touched.empty()) return std::nullopt;
  const std::size_t all = touched.size();
  if (all > most_groups) {
    std::stable_sort(touched.begin(), touched.end(), [](const Touched& a, const Touched& b) { return a.decisions > b.decisions; });
    touched.resize(most_groups);
  }
  ChartRows rows;
  for (const Touched& one : touched)
    for (const ShownChange& shown : shown_changes) {
      const std::int64_t count = one.counts->subjects[at(shown.change)];
      if (count == 0 || std::find(counted.begin(), counted.end(), shown.change) == counted.end()) continue;
      const bool is_loss = shown.change == Change::down || shown.change == Change::lost;
      rows.begin_row();
      rows.text("group", *one.group);
      rows.text("change", shown.label);
      rows.place("decisions", is_loss ? -count : count);
      rows.text("count", count_words(count));
      rows.end_row();
    }
  std::string title = "By group: losses to the left, gains to the right";
  if (all > most_groups) title += "; the " + std::to_string(most_groups) + " touched most of " + std::to_string(all);
  return Chart{
      title,
      "For each group a bar to the left for those who lose and to the right for those who gain. The table below has the same numbers.",
      {{"groups", rows.take()}},
      R"("height":{"step":22},"data":{"name":"groups"},"name":"groups","mark":"bar","encoding":{"x":{"field":"decisions","type":"quantitative",)"
      R"x("title":"Decisions","axis":{"tickMinStep":1,"labelExpr":"format(abs(datum.value), ',d')"}},"y":{"field":"group","type":"nominal",)x"
      R"("sort":null,"title":null},)" +
          colors(true) + R"(,"tooltip":[)" + line("group", "Group") + "," + line("change", "Change") + "," + line("count", "Decisions") + "]}"};
}

}  // namespace duly
