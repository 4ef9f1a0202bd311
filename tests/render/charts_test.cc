#include "render/charts.h"

#include <gmock/gmock.h>

namespace duly {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Charts, LetNoTextOfTheirDataEndTheScript) {
  ChartRows rows;
  rows.begin_row();
  rows.text("group", "</script><!--<script>");
  rows.end_row();
  std::string page;
  add_chart({"a <b>", "what </script> shows", {{"rows", rows.take()}}, "\"mark\":\"bar\""}, page);
  EXPECT_THAT(page, HasSubstr("\\u003c/script>\\u003c!--\\u003cscript>"));
  EXPECT_EQ(page.find("</script>"), page.rfind("</script>"));
  EXPECT_THAT(page, Not(HasSubstr("<!--")));
}

TEST(Charts, PlaceNumbersToTheSixthDecimalAndLeaveAGapWhereNothingIsKnown) {
  ChartRows rows;
  rows.begin_row();
  rows.place("third", Number(1, 3));
  rows.place("cents", Number(-25, 100));
  rows.place("unknown", std::optional<Number>());
  rows.end_row();
  EXPECT_EQ(rows.take(), R"([{"third":0.333333,"cents":-0.25,"unknown":null}])");
}

TEST(Charts, LetNothingInTheScriptEndIt) {
  std::string page;
  add_chart_script("a = '</script>'; b = '</ScRiPt '; c = '</p>'; d = '</scrip", page);
  EXPECT_EQ(page, "<script>\na = '<\\/script>'; b = '<\\/ScRiPt '; c = '</p>'; d = '</scrip\n</script>\n");
}

TEST(Charts, ForbidThePageToLoadAnything) {
  EXPECT_THAT(chart_head(""), HasSubstr("default-src 'none'"));
  EXPECT_THAT(chart_head(""), Not(HasSubstr("script-src")));
  EXPECT_THAT(chart_head("draw();"), HasSubstr("script-src 'unsafe-inline'\""));
}

}  // namespace
}  // namespace duly
