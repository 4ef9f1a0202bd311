// Sentences of reasons: ICU messages over exact values, in each language.

#include "render/notice.h"

#include <gmock/gmock.h>

#include "duly/render.h"

namespace duly {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

Value value(Value::Kind kind, std::string text) {
  Value out;
  out.kind = kind;
  out.text = std::move(text);
  return out;
}

Reason reason() {
  Reason out;
  out.code = "over_limit";
  out.subject = "ana";
  out.compared = value(Value::Kind::money, "2329");
  out.limit = value(Value::Kind::money, "2292");
  out.margin = value(Value::Kind::money, "37");
  out.values.push_back({"unit_size", "", value(Value::Kind::number, "2")});
  out.values.push_back({"end", "", value(Value::Kind::date, "2026-06-01")});
  out.values.push_back({"place", "", value(Value::Kind::code, "street")});
  return out;
}

std::string said(const std::string& wording, const Reason& about = reason(), const std::string& language = "en") {
  const Notices notices({{language, {{"over_limit", wording}}}});
  EXPECT_THAT(notices.mistakes(), IsEmpty());
  return notices.sentence(language, about);
}

TEST(Notices, AmountsAreExactAndWithCents) { EXPECT_EQ(said("You are {margin, money} over {limit, money}."), "You are $37.00 over $2,292.00."); }

TEST(Notices, ValueLimitMarginAndNameAreTheReasonsOwn) { EXPECT_EQ(said("{name}: {value, money}"), "ana: $2,329.00"); }

TEST(Notices, ThePluralOfALanguageIsChosen) {
  const std::string wording = "for {unit_size, plural, =0 {nobody} one {one person} other {# people}}";
  EXPECT_EQ(said(wording), "for 2 people");
  Reason one = reason();
  one.values[0].value.text = "1";
  EXPECT_EQ(said(wording, one), "for one person");
  one.values[0].value.text = "0";
  EXPECT_EQ(said(wording, one), "for nobody");
  one.values[0].value.text = "1200";
  EXPECT_EQ(said(wording, one), "for 1,200 people");
}

TEST(Notices, ALanguageWithMorePluralsUsesThem) {
  const std::string wording = "{unit_size, plural, one {# osoba} few {# osoby} many {# osob} other {# osoby}}";
  EXPECT_EQ(said(wording, reason(), "pl"), "2 osoby");
  Reason five = reason();
  five.values[0].value.text = "5";
  EXPECT_EQ(said(wording, five, "pl"), "5 osob");
}

TEST(Notices, AWordChoosesItsSentence) {
  EXPECT_EQ(said("{place, select, street {outside} other {inside}}"), "outside");
  EXPECT_EQ(said("{place, select, home {at home} other {elsewhere}}"), "elsewhere");
}

TEST(Notices, DaysAreWrittenAsTheLanguageWritesThem) {
  EXPECT_EQ(said("{end, date}"), "June 1, 2026");
  EXPECT_EQ(said("{end, date}", reason(), "es"), "1 de junio de 2026");
}

TEST(Notices, QuotesAreThoseOfIcu) { EXPECT_EQ(said("It''s '{'not'}' {margin, money}"), "It's {not} $37.00"); }

TEST(Notices, AValueThatIsNotKnownLeavesAGapAndNoLie) {
  Reason unknown = reason();
  unknown.margin = {};
  EXPECT_EQ(said("{margin, money} over", unknown), "... over");
}

TEST(Notices, AMessageThatCannotBeReadIsAMistakeWithItsPlace) {
  const Notices notices({{"en", {{"over_limit", "You are {margin, money over"}}}});
  ASSERT_THAT(notices.mistakes(), SizeIs(1));
  EXPECT_EQ(notices.mistakes()[0].code, Code::wording_missing);
  EXPECT_THAT(notices.mistakes()[0].message, HasSubstr("`over_limit` in `en`"));
}

TEST(Notices, ChoicesAndOffsetsAreRefused) {
  const Notices notices({{"en", {{"a", "{unit_size, choice, 0#none|1#one}"}, {"b", "{unit_size, plural, offset:1 one {x} other {#}}"}}}});
  EXPECT_THAT(notices.mistakes(), SizeIs(2));
}

TEST(Notices, ALanguageWithoutAWordingFallsBackToEnglish) {
  const Notices notices({{"en", {{"over_limit", "Too much."}}}, {"es", {}}});
  Determination d;
  d.reasons.push_back(reason());
  notices.write(d, {"es"});
  EXPECT_THAT(d.reasons[0].text, ElementsAre(Pair("es", "Too much.")));
}

TEST(Notices, WhereNoneOfTheLanguagesIsThereEnglishIsGiven) {
  const Notices notices({{"en", {{"over_limit", "Too much."}}}});
  Determination d;
  d.reasons.push_back(reason());
  notices.write(d, {"fr"});
  EXPECT_THAT(d.reasons[0].text, ElementsAre(Pair("en", "Too much.")));
}

TEST(Notices, EveryLanguageAskedForIsWritten) {
  const Notices notices({{"en", {{"over_limit", "Too much."}}}, {"es", {{"over_limit", "Demasiado."}}}});
  Determination d;
  d.reasons.push_back(reason());
  notices.write(d, {"en", "es"});
  EXPECT_THAT(d.reasons[0].text, UnorderedElementsAre(Pair("en", "Too much."), Pair("es", "Demasiado.")));
}

}  // namespace
}  // namespace duly
