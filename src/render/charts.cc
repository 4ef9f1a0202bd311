#include "render/charts.h"

#include <algorithm>

#include "render/page.h"

namespace duly {
namespace {

// One font and one width, which pages shrink to theirs; every color is told from its neighbours by its lightness too, so that it prints in grey.
constexpr std::string_view look =
    R"("width":620,"padding":{"left":2,"right":16,"top":4,"bottom":4},)"
    R"("config":{"font":"system-ui, sans-serif","background":"#fff","view":{"stroke":null},)"
    R"("title":{"anchor":"start","fontSize":14,"offset":10,"color":"#1b1b1b"},)"
    R"("axis":{"labelFontSize":12,"titleFontSize":12,"titleFontWeight":"normal","titlePadding":8,"labelLimit":260,)"
    R"("gridColor":"#ddd","domainColor":"#1b1b1b","tickColor":"#1b1b1b","labelColor":"#1b1b1b","titleColor":"#1b1b1b"},)"
    R"("legend":{"orient":"bottom","columns":2,"labelLimit":320,"labelFontSize":12,"titleFontSize":12,)"
    R"("titleFontWeight":"normal"},"text":{"fontSize":12,"color":"#1b1b1b"}},)";

constexpr std::string_view chart_style =
    "<style>figure.chart { margin: 1rem 0; break-inside: avoid; } figure.chart svg { display: block; max-width: 100%; height: auto; }"
    " .drawn .plain { display: none; } #vg-tooltip-element { max-width: 30rem; }"
    " @media print { #vg-tooltip-element { display: none; } }</style>\n";

// The page may use what stands in it and nothing else, whatever it is.
constexpr std::string_view policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'";

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
}

/// The end of a script is looked for in its text, in letters of either case.
void keep_script_open(std::string& text) {
  constexpr std::string_view end = "</script";
  const auto same = [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); };
  for (std::size_t at = text.find("</"); at != std::string::npos; at = text.find("</", at + 1)) {
    if (text.size() - at < end.size()) return;
    if (std::equal(end.begin(), end.end(), text.begin() + static_cast<std::ptrdiff_t>(at), same)) text.replace(at, 2, std::string_view("<\\/"));
  }
}

}  // namespace

std::string chart_head(std::string_view script) {
  std::string out(policy);
  if (!script.empty()) out += "; script-src 'unsafe-inline'";
  return out.append("\">\n").append(chart_style);
}

void ChartRows::place(std::string_view name, const std::optional<Number>& value) {
  json_.key(name);
  if (!value) return json_.literal("null");
  json_.literal(to_text(round_to(*value, Number(1, 1'000'000), RoundMode::half_even)));
}

void ChartRows::place(std::string_view name, std::int64_t value) {
  json_.key(name);
  json_.number(value);
}

void add_chart(const Chart& chart, std::string& page) {
  std::string json = R"({"$schema":"https://vega.github.io/schema/vega-lite/v6.json",)";
  json.append("\"title\":")
      .append(quoted_json(chart.title))
      .append(",\"description\":")
      .append(quoted_json(chart.description))
      .append(",")
      .append(look);
  json += "\"datasets\":{";
  for (const auto& [name, rows] : chart.rows) {
    if (&name != &chart.rows.front().first) json += ",";
    json.append(quoted_json(name)).append(":").append(rows);
  }
  json.append("},").append(chart.marks).append("}");
  replace_all(json, "<", "\\u003c");  // in JSON only texts have it, and none of them may end the script
  page.append("<figure class=\"chart\"><script type=\"application/json\">").append(json).append("</script></figure>\n");
}

void add_chart_script(std::string_view script, std::string& page) {
  if (script.empty()) {
    page += "<p class=\"note\">The charts of this page are plain drawings: it was made without the script that draws them with Vega-Lite.</p>\n";
    return;
  }
  std::string text(script);
  keep_script_open(text);
  replace_all(text, "<!--", "<\\!--");
  page.append("<script>\n").append(text).append("\n</script>\n");
}

std::string quoted_json(std::string_view text) {
  JsonWriter json(0);
  json.text(text);
  return json.take();
}

}  // namespace duly
