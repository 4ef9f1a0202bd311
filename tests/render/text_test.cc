// Forms in a fixed width, and what JSON and HTML keep of any text.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "duly/render.h"

namespace duly {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

Value money(std::string text) {
  Value out;
  out.kind = Value::Kind::money;
  out.text = std::move(text);
  out.unit = "USD per month";
  return out;
}

Determination refused() {
  Determination d;
  d.program = "winter";
  d.subject = {"home", "ana", {"ana", "leo"}, {"ana"}, 0};
  d.outcome = Outcome::ineligible;
  d.benefit_month = "2026-06";
  d.outputs.push_back({"grant", "Grant", money("0")});
  d.outputs.push_back({"open", "An output that is open", Value{}});
  Reason reason;
  reason.code = "too_much";
  reason.rule = "income_test";
  reason.title = "Income test";
  reason.cite = "Act 5";
  reason.text["en"] = "Your income is too high, by far, and every word of this sentence belongs to the reason that is given for it.";
  d.reasons.push_back(std::move(reason));
  d.left_out.push_back({"leo", "ignored", "Act 2", "away", {}});
  d.missing.push_back({"rent", "", "What is the rent?", {"much", "little"}, false});
  return d;
}

std::size_t longest_line(const std::string& text) {
  std::size_t longest = 0;
  for (const std::string_view line : split(text, '\n')) longest = std::max(longest, code_points(line));
  return longest;
}

TEST(DeterminationText, FitsEveryWidthFromFortyOn) {
  for (const int width : {40, 57, 80, 132, 400})
    EXPECT_LE(longest_line(to_text(refused(), {.width = width, .color = false, .language = "en"})), static_cast<std::size_t>(width));
}

TEST(DeterminationText, AWidthOutsideItsLimitsIsTheNearestInside) {
  EXPECT_EQ(to_text(refused(), {.width = 1, .color = false, .language = "en"}), to_text(refused(), {.width = 40, .color = false, .language = "en"}));
  EXPECT_EQ(to_text(refused(), {.width = 9999, .color = false, .language = "en"}),
            to_text(refused(), {.width = 400, .color = false, .language = "en"}));
}

TEST(DeterminationText, SaysWhoTheOutcomeAndWhy) {
  const std::string text = to_text(refused());
  EXPECT_THAT(text, HasSubstr("ana and leo"));
  EXPECT_THAT(text, HasSubstr("NOT ELIGIBLE"));
  EXPECT_THAT(text, HasSubstr("Income test, Act 5"));
  EXPECT_THAT(text, HasSubstr("June 2026"));
  EXPECT_THAT(text, HasSubstr("leo: ignored, away, Act 2"));
  EXPECT_THAT(text, HasSubstr("What is the rent? (rent)"));
}

TEST(DeterminationText, AnOpenOutputOfARefusalIsLeftOut) { EXPECT_THAT(to_text(refused()), Not(HasSubstr("An output that is open"))); }

TEST(DeterminationText, AnOpenOutputOfWhoIsEligibleIsToldAsNotKnown) {
  Determination d = refused();
  d.outputs = {{"open", "An output that is open", Value{}}};
  for (const Outcome outcome : {Outcome::eligible, Outcome::conditional, Outcome::pending, Outcome::ineligible, Outcome::error}) {
    d.outcome = outcome;
    const bool is_told = outcome == Outcome::eligible || outcome == Outcome::conditional;
    EXPECT_EQ(to_text(d).find("not known") != std::string::npos, is_told) << to_word(outcome);
  }
}

TEST(DeterminationText, OfALongListOfWordsTheFirstAreShownAndHowManyThereAre) {
  for (const std::size_t count : {60U, 61U}) {
    Determination d = refused();
    d.missing[0].choices.clear();
    for (std::size_t i = 0; i < count; ++i) d.missing[0].choices.push_back("w" + std::to_string(i));
    const std::string text = to_text(d, {.width = 400, .color = false, .language = "en"});
    EXPECT_THAT(text, count == 60 ? HasSubstr("w58 or w59") : HasSubstr("one of 61 words: w0, w1, "));
    EXPECT_EQ(text.find("w12,") == std::string::npos, count == 61);
  }
}

TEST(DeterminationText, AmountsStandAtTheRightEdge) {
  const std::string text = to_text(refused(), {.width = 50, .color = false, .language = "en"});
  EXPECT_THAT(split(text, '\n'), Contains(std::string_view("  Grant ............................ $0.00 a month")));
}

TEST(DeterminationText, WhatWasComputedOfARefusalStandsBehindItsReasonsAsThat) {
  Determination d = refused();
  d.outputs.front().value = money("291");
  std::string text = to_text(d);
  ASSERT_THAT(text, HasSubstr("Computed, though not eligible"));
  EXPECT_LT(text.find("Reasons"), text.find("Computed, though not eligible"));
  EXPECT_LT(text.find("Computed, though not eligible"), text.find("$291.00 a month"));
  d.outcome = Outcome::eligible;
  text = to_text(d);
  EXPECT_THAT(text, Not(HasSubstr("Computed, though not eligible")));
  EXPECT_LT(text.find("$291.00 a month"), text.find("Income test"));
}

TEST(DeterminationPage, WhatWasComputedOfARefusalStandsBehindItsReasonsAsThat) {
  Explanation explained;
  explained.determination = refused();
  std::string page = to_html({explained});
  EXPECT_LT(page.find("Reasons"), page.find("Computed, though not eligible"));
  EXPECT_LT(page.find("Computed, though not eligible"), page.find("$0.00 a month"));
  EXPECT_THAT(page, Not(HasSubstr("An output that is open")));
  explained.determination.outcome = Outcome::eligible;
  page = to_html({explained});
  EXPECT_THAT(page, Not(HasSubstr("Computed, though not eligible")));
  EXPECT_LT(page.find("$0.00 a month"), page.find("Reasons"));
}

TEST(Json, EscapesWhatJsonMustAndKeepsEveryByte) {
  Determination d = refused();
  d.doubts = {"a \"quote\", a \\, a tab\t, a line\n and \x01, and \xC3\xA9"};
  const auto json = nlohmann::json::parse(to_json(Determinations{{d}, {}}));
  EXPECT_EQ(json.at("determinations").at(0).at("doubts").at(0), d.doubts[0]);
}

TEST(Json, IsTheSameTreeWhateverTheIndentation) {
  const Determinations all{{refused()}, {}};
  EXPECT_EQ(nlohmann::json::parse(to_json(all, {}, 0)), nlohmann::json::parse(to_json(all, {}, 4)));
  EXPECT_EQ(to_json(all, {}, 0).find('\n'), to_json(all, {}, 0).size() - 1);
}

TEST(Json, ErrorsStandBesideDeterminations) {
  Diagnostic error{.code = Code::unknown_fact};
  error.message = "`x` is not in the dictionary";
  const auto json = nlohmann::json::parse(to_json(Determinations{}, {error}));
  EXPECT_EQ(json.at("errors").at(0).at("code"), "E301");
  EXPECT_EQ(json.at("errors").at(0).at("name"), "unknown_fact");
  EXPECT_FALSE(json.at("errors").at(0).contains("line"));
}

TEST(Html, TextOfOthersIsNeverMarkup) {
  Explanation explanation;
  explanation.program_title = "<script>alert(1)</script> & \"more\"";
  explanation.determination = refused();
  explanation.root.children.push_back({});
  explanation.root.children.back().title = "<b>";
  const std::string page = to_html({explanation});
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
}

TEST(Html, StandsAlone) {
  const std::string page = to_html(std::vector<Explanation>{});
  EXPECT_THAT(page, Not(HasSubstr("http")));
  EXPECT_THAT(page, Not(HasSubstr("src=")));
}

}  // namespace
}  // namespace duly
