// JSON has two readers, of which the fast one must never know better than the other.

#include "syntax/json_readers.h"

#include <gtest/gtest.h>

#include <random>

#include "base/source.h"

namespace duly {
namespace {

/// Everything in a tree, with its places.
std::string shown(const Node& node) {
  std::string out = std::to_string(static_cast<int>(node.kind)) + (node.is_null ? "n" : "") + (node.flow ? "f" : "") +
                    std::to_string(static_cast<int>(node.style)) + "@" + std::to_string(node.span.begin) + "-" + std::to_string(node.span.end) + "`" +
                    node.text + "`";
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    out += i == 0 ? "(" : ",";
    if (node.is_map()) out += shown(node.keys[i]) + ":";
    out += shown(node.items[i]);
  }
  return node.items.empty() ? out : out + ")";
}

std::string fast(const std::string& text) {
  const auto tree = read_sound_json(make_source("", text));
  return tree ? shown(*tree) : "";
}

/// Empty where there are mistakes.
std::string thorough(const std::string& text) {
  std::vector<Diagnostic> errors;
  const Node tree = read_any_json(make_source("", text), errors);
  return errors.empty() ? shown(tree) : "";
}

const std::vector<std::string>& sound_texts() {
  static const std::vector<std::string> texts = {
      R"({})",
      R"([])",
      R"({"key":"H1","people":{"p1":{"birth_date":"1963-10-27","income":[{"kind":"wages","amount":"2270.89"}]}},"no_other":["income"]})",
      " \r\n\t{ \"a\" : [ 1 , -2.50,\t{} , [ ] ,\n{\"b\":null} ] , \"e\" : true , \"\":false } \n",
      R"({"a b":"x\"y\\","\u00e4\n":"\ud83d\ude00 \/","z":"\\\\\""})",
      R"([0, -0, 0.0, 10, 12345678901234567890123, 0.1000000000000000055511151231257827])",
      "{\"\xC3\xA4\":\"\xE2\x82\xAC \xF0\x9F\x98\x80\"}",
      "{\"" + std::string(300, 'k') + "\":\"" + std::string(5000, 'v') + "\"}",
  };
  return texts;
}

TEST(JsonReaders, MakeTheSameTreeOfSoundText) {
  for (const std::string& text : sound_texts()) {
    EXPECT_EQ(fast(text), thorough(text)) << text;
    EXPECT_NE(fast(text), "") << text;
  }
}

TEST(JsonReaders, MakeTheSameTreeOfTextTooLongToKeepTheMemory) {
  std::string text = "[";
  for (int i = 0; i < 20'000; ++i) text += "{\"a\": " + std::to_string(i) + "},";
  text.back() = ']';
  EXPECT_EQ(fast(text), thorough(text));
  EXPECT_NE(fast(text), "");
}

TEST(JsonReaders, TheFastOneGivesUpWhereAnythingIsWrongOrRare) {
  const std::string deepest = std::string(200, '[') + std::string(200, ']');
  EXPECT_NE(fast(deepest), "");
  std::vector<std::string> texts = {"",
                                    " ",
                                    "1",
                                    "\"a\"",
                                    "{",
                                    "[1",
                                    "[1,]",
                                    "[,1]",
                                    "[1 2]",
                                    "{\"a\"}",
                                    "{\"a\":}",
                                    "{\"a\":1,}",
                                    "{\"a\" 1}",
                                    "{a:1}",
                                    "{'a':1}",
                                    "[01]",
                                    "[1.]",
                                    "[.5]",
                                    "[+1]",
                                    "[-]",
                                    "[1e2]",
                                    "[1e999]",
                                    "[tru]",
                                    "[True]",
                                    "[nul]",
                                    "[NaN]",
                                    "[1]]",
                                    "[1] 2",
                                    "{} // x",
                                    "[1/**/]",
                                    "[\"a]",
                                    "[\"\\d\"]",
                                    "[\"\\u12\"]",
                                    "[\"a\"b]",
                                    "[1}",
                                    "{\"a\":1]",
                                    "[\"\n\"]",
                                    "[\"\t\"]",
                                    "[\"\\ud800\"]",
                                    "[\"\\u0000\"]",
                                    "{\"a\":1,\"a\":2}",
                                    "[{\"a\":1,\"\\u0061\":2}]"};
  texts.push_back("[" + deepest + "]");
  texts.push_back("[" + std::string(41, '1') + "]");
  for (const std::string& text : texts) EXPECT_EQ(fast(text), "") << text;
}

TEST(JsonReaders, NeverDisagreeOnTextThatWasChangedAtRandom) {
  std::mt19937 random(7);
  const std::string signs = "{}[]\",:\\ \n\t0123456789.-+eEtruefalsn/u\x01\xC3\xA4";
  const auto below = [&](std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random); };
  int sound = 0;
  for (int i = 0; i < 40'000; ++i) {
    std::string text = sound_texts()[below(sound_texts().size() - 1)];
    for (std::size_t changes = 1 + below(3); changes > 0 && !text.empty(); --changes) {
      const std::size_t at = below(text.size());
      switch (below(3)) {
        case 0: text[at] = signs[below(signs.size())]; break;
        case 1: text.erase(at, 1 + below(3)); break;
        default: text.insert(at, 1, signs[below(signs.size())]);
      }
    }
    std::size_t bad = 0;
    if (!unreadable(text, bad).empty()) continue;
    const std::string tree = fast(text);
    if (tree.empty()) continue;
    ++sound;
    ASSERT_EQ(tree, thorough(text)) << text;
  }
  EXPECT_GT(sound, 1'000);
}

}  // namespace
}  // namespace duly
