#include "render/notice.h"

#include <unicode/datefmt.h>
#include <unicode/locid.h>
#include <unicode/messagepattern.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include "base/date.h"
#include "render/value_text.h"

namespace duly {
namespace {

constexpr std::int64_t milliseconds_a_day = 86'400'000;
constexpr std::string_view not_known = "...";

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

/// A language with what it takes to write numbers of things and days in it.
struct Language {
  std::unique_ptr<icu::PluralRules> plural, ordinal;
  std::unique_ptr<icu::DateFormat> day;
  std::map<std::string, icu::MessagePattern> messages;

  explicit Language(const std::string& name) {
    const icu::Locale locale = icu::Locale::forLanguageTag(name, status_);
    plural.reset(icu::PluralRules::forLocale(locale, UPLURAL_TYPE_CARDINAL, status_));
    ordinal.reset(icu::PluralRules::forLocale(locale, UPLURAL_TYPE_ORDINAL, status_));
    day.reset(icu::DateFormat::createInstanceForSkeleton("yMMMMd", locale, status_));
    if (U_SUCCESS(status_)) day->setTimeZone(*icu::TimeZone::getGMT());
  }
  [[nodiscard]] bool sound() const { return U_SUCCESS(status_); }

 private:
  UErrorCode status_ = U_ZERO_ERROR;
};

/// Writes one message over the values of one reason.
class MessageWriter {
 public:
  MessageWriter(const Language& language, const icu::MessagePattern& pattern, const Reason& reason)
      : language_(language), pattern_(pattern), text_(pattern.getPatternString()), reason_(reason) {}

  std::string run() {
    write_message(0, "");
    return utf8(out_);
  }

 private:
  [[nodiscard]] const Value* value_of(const std::string& name) const {
    if (name == "margin") return &reason_.margin;
    if (name == "limit") return &reason_.limit;
    if (name == "value") return &reason_.compared;
    for (const NamedValue& named : reason_.values)
      if (named.name == name) return &named.value;
    return nullptr;
  }

  [[nodiscard]] std::string day_text(const Value& value) const {
    const auto date = date_from_text(value.text);
    if (!date) return value.text;
    icu::UnicodeString out;
    language_.day->format(static_cast<UDate>(date->days * milliseconds_a_day), out);
    return utf8(out);
  }

  [[nodiscard]] std::string argument_text(const std::string& name, std::string_view type) const {
    if (name == "name") return reason_.subject;
    const Value* value = value_of(name);
    if (value == nullptr || value->kind == Value::Kind::unknown) return std::string(not_known);
    if (type == "money") return money_text(value->text);
    if (type == "date" || value->kind == Value::Kind::date) return day_text(*value);
    if (type == "number") return grouped_number(value->text);
    return to_text(*value, false);
  }

  [[nodiscard]] icu::UnicodeString substring(int part) const { return pattern_.getSubstring(pattern_.getPart(part)); }

  /// The message that begins at part `at`; `number` stands for `#`.
  void write_message(int at, const std::string& number) {
    int32_t copied = pattern_.getPart(at).getLimit();
    for (int i = at + 1;; ++i) {
      const icu::MessagePattern::Part& part = pattern_.getPart(i);
      const UMessagePatternPartType type = part.getType();
      out_.append(text_, copied, part.getIndex() - copied);
      copied = part.getLimit();
      if (type == UMSGPAT_PART_TYPE_MSG_LIMIT) return;
      if (type == UMSGPAT_PART_TYPE_REPLACE_NUMBER) {
        append(number);
      } else if (type == UMSGPAT_PART_TYPE_ARG_START) {
        const int end = pattern_.getLimitPartIndex(i);
        write_argument(i);
        i = end;
        copied = pattern_.getPart(end).getLimit();
      }
    }
  }

  void write_argument(int start) {
    const UMessagePatternArgType type = pattern_.getPart(start).getArgType();
    const std::string name = utf8(substring(start + 1));
    switch (type) {
      case UMSGPAT_ARG_TYPE_NONE: return append(argument_text(name, ""));
      case UMSGPAT_ARG_TYPE_SIMPLE: return append(argument_text(name, utf8(substring(start + 2))));
      case UMSGPAT_ARG_TYPE_PLURAL: return write_counted(start + 2, name, *language_.plural);
      case UMSGPAT_ARG_TYPE_SELECTORDINAL: return write_counted(start + 2, name, *language_.ordinal);
      case UMSGPAT_ARG_TYPE_SELECT: return write_selected(start + 2, name);
      default: return append(not_known);
    }
  }

  /// Calls `f(selector, part of its message)` for each choice of an argument.
  template <class F>
  void for_each_choice(int part, F f) const {
    while (pattern_.getPartType(part) == UMSGPAT_PART_TYPE_ARG_SELECTOR) {
      const icu::UnicodeString selector = substring(part);
      int message = part + 1;
      while (pattern_.getPartType(message) != UMSGPAT_PART_TYPE_MSG_START) ++message;  // the number of `=2`
      f(selector, message);
      part = pattern_.getLimitPartIndex(message) + 1;
    }
  }

  void write_chosen(int part, const icu::UnicodeString& exact, const icu::UnicodeString& keyword, const std::string& number) {
    int chosen = -1;
    int other = -1;
    bool exactly = false;
    for_each_choice(part, [&](const icu::UnicodeString& selector, int message) {
      if (selector == exact) chosen = message, exactly = true;
      else if (!exactly && selector == keyword) chosen = message;
      if (selector == icu::UnicodeString("other")) other = message;
    });
    if (chosen < 0) chosen = other;
    if (chosen >= 0) write_message(chosen, number);
  }

  void write_counted(int part, const std::string& name, const icu::PluralRules& rules) {
    const Value* value = value_of(name);
    const std::string text = value == nullptr || value->text.empty() ? "" : value->text;
    const bool whole = !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
    const icu::UnicodeString keyword = whole ? rules.select(static_cast<int32_t>(std::stoi(text))) : icu::UnicodeString("other");
    write_chosen(part, icu::UnicodeString("=") + icu::UnicodeString::fromUTF8(text), keyword,
                 text.empty() ? std::string(not_known) : grouped_number(text));
  }

  void write_selected(int part, const std::string& name) {
    const Value* value = value_of(name);
    const icu::UnicodeString word = icu::UnicodeString::fromUTF8(value == nullptr ? "" : value->text);
    write_chosen(part, word, word, "");
  }

  void append(std::string_view text) { out_.append(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())))); }

  const Language& language_;
  const icu::MessagePattern& pattern_;
  const icu::UnicodeString& text_;
  const Reason& reason_;
  icu::UnicodeString out_;
};

Diagnostic unreadable_wording(const std::string& language, const std::string& reason, std::string help) {
  Diagnostic out{.code = Code::wording_missing};
  out.message = "the wording of `" + reason + "` in `" + language + "` is no ICU message";
  out.help = std::move(help);
  return out;
}

/// The argument types that are written; a choice or an offset is not.
bool is_understood(const icu::MessagePattern& pattern) {
  for (int i = 0; i < pattern.countParts(); ++i) {
    const icu::MessagePattern::Part& part = pattern.getPart(i);
    const bool is_choice = part.getType() == UMSGPAT_PART_TYPE_ARG_START && part.getArgType() == UMSGPAT_ARG_TYPE_CHOICE;
    const bool is_offset = i > 0 && (part.getType() == UMSGPAT_PART_TYPE_ARG_INT || part.getType() == UMSGPAT_PART_TYPE_ARG_DOUBLE) &&
                           pattern.getPartType(i - 1) != UMSGPAT_PART_TYPE_ARG_SELECTOR;  // after a selector it is `=1`
    if (is_choice || is_offset) return false;
  }
  return true;
}

}  // namespace

struct Notices::State {
  std::map<std::string, Language> languages;
  std::vector<Diagnostic> mistakes;

  void add(const std::string& name, const std::map<std::string, std::string>& wordings) {
    Language& language = languages.try_emplace(name, name).first->second;
    if (!language.sound()) {
      mistakes.push_back(
          unreadable_wording(name, wordings.empty() ? "" : wordings.begin()->first, "`" + name + "` is not a language that can be written"));
      languages.erase(name);
      return;
    }
    for (const auto& [reason, wording] : wordings) {
      UErrorCode status = U_ZERO_ERROR;
      UParseError where{};
      icu::MessagePattern pattern(UMSGPAT_APOS_DOUBLE_OPTIONAL, status);
      pattern.parse(icu::UnicodeString::fromUTF8(wording), &where, status);
      if (U_FAILURE(status)) {
        mistakes.push_back(unreadable_wording(name, reason, "look at character " + std::to_string(where.offset + 1) + ": a brace may be missing"));
      } else if (!is_understood(pattern)) {
        mistakes.push_back(unreadable_wording(name, reason, "use plural without offset, select, money, date or number"));
      } else {
        language.messages.try_emplace(reason, std::move(pattern));
      }
    }
  }

  [[nodiscard]] std::string sentence(const std::string& name, const Reason& reason) const {
    const auto language = languages.find(name);
    if (language == languages.end()) return "";
    const auto message = language->second.messages.find(reason.code);
    return message == language->second.messages.end() ? "" : MessageWriter(language->second, message->second, reason).run();
  }
};

Notices::Notices(const Wordings& wordings) {
  auto state = std::make_unique<State>();
  for (const auto& [language, messages] : wordings) state->add(language, messages);
  state_ = std::move(state);
}

Notices::~Notices() = default;
Notices::Notices(Notices&&) noexcept = default;
Notices& Notices::operator=(Notices&&) noexcept = default;

const std::vector<Diagnostic>& Notices::mistakes() const { return state_->mistakes; }

std::string Notices::sentence(const std::string& language, const Reason& reason) const { return state_->sentence(language, reason); }

void Notices::write(Determination& determination, const std::vector<std::string>& languages) const {
  constexpr const char* fallback = "en";
  const auto put = [&](Reason& reason, const std::string& language) {
    std::string text = sentence(language, reason);
    if (text.empty() && language != fallback) text = sentence(fallback, reason);
    if (!text.empty()) reason.text[language] = std::move(text);
  };
  const auto put_all = [&](std::vector<Reason>& reasons) {
    for (Reason& reason : reasons) {
      for (const std::string& language : languages)
        if (state_->languages.contains(language)) put(reason, language);
      if (reason.text.empty()) put(reason, fallback);
    }
  };
  put_all(determination.reasons);
  put_all(determination.basis);
  for (LeftOut& person : determination.left_out) put_all(person.reasons);
}

}  // namespace duly
