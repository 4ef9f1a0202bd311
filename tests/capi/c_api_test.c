/* The C API from C: what it gives, and what it says to every wrong call. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules_in_memory.h"

static int failures = 0;

static void expect(int holds, const char* what, int line) {
  if (holds) return;
  printf("line %d: %s\n", line, what);
  ++failures;
}
#define EXPECT(condition) expect((condition) != 0, #condition, __LINE__)

/* The call must be refused as misuse, with one E901 that has a message. */
static void expect_misuse(duly_status status, duly_error* error, int line) {
  expect(status == DULY_BAD_ARGUMENT, "the status is DULY_BAD_ARGUMENT", line);
  expect(duly_error_count(error) == 1, "there is one diagnostic", line);
  expect(duly_error_code(error, 0) == 901, "it is E901", line);
  expect(strlen(duly_error_message(error, 0)) > 0, "it has a message", line);
  duly_error_free(error);
}
#define EXPECT_MISUSE(call)                 \
  do {                                      \
    duly_error* error = NULL;               \
    const duly_status status = (call);      \
    expect_misuse(status, error, __LINE__); \
  } while (0)

static duly_rules* load(void) {
  duly_rules* rules = NULL;
  duly_error* error = NULL;
  EXPECT(duly_rules_from_texts(FILES, FILE_COUNT, &rules, &error) == DULY_OK);
  EXPECT(rules != NULL && error == NULL);
  return rules;
}

static duly_set* decide(const duly_rules* rules, const char* document) {
  duly_set* set = NULL;
  duly_error* error = NULL;
  const duly_status status = duly_determine(rules, "help", document, strlen(document), NULL, &set, &error);
  if (status != DULY_OK) printf("%s", duly_error_text(error, 0));
  EXPECT(status == DULY_OK && set != NULL && error == NULL);
  return set;
}

static void versions_are_told(void) {
  EXPECT(duly_abi_version() >= 1);
  EXPECT(strchr(duly_version(), '.') != NULL);
}

static void programs_are_listed(const duly_rules* rules) {
  duly_strings* programs = NULL;
  EXPECT(duly_programs(rules, &programs, NULL) == DULY_OK);
  EXPECT(duly_strings_count(programs) == 1);
  EXPECT(strcmp(duly_strings_at(programs, 0), "help") == 0);
  EXPECT(strcmp(duly_strings_at(programs, 1), "") == 0);
  duly_strings_free(programs);

  duly_string* json = NULL;
  EXPECT(duly_program_info(rules, "help", &json, NULL) == DULY_OK);
  EXPECT(strstr(duly_string_data(json), "\"covered_until\": \"2026-12\"") != NULL);
  EXPECT(duly_string_length(json) == strlen(duly_string_data(json)));
  duly_string_free(json);
}

static void sound_rules_have_no_mistakes(const duly_rules* rules) {
  duly_error* found = NULL;
  EXPECT(duly_check(rules, "help", &found) == DULY_OK);
  EXPECT(duly_error_count(found) == 0);
  duly_error_free(found);
}

static void wrong_rules_are_told_with_their_place(void) {
  duly_file files[4];
  memcpy(files, FILES, sizeof files);
  const char* wrong =
      "kind: chapter\ntitle: Rent\nrent_test:\n  title: High rent\n  of: household\n  cite: Manual 3\n  passes: rnet >= 500\n  reason: "
      "rent_too_low\n";
  files[2].text = wrong;
  files[2].length = strlen(wrong);
  duly_rules* rules = NULL;
  EXPECT(duly_rules_from_texts(files, 4, &rules, NULL) == DULY_OK);
  duly_error* found = NULL;
  EXPECT(duly_check(rules, "help", &found) == DULY_BAD_RULES);
  size_t at = 0;
  while (at < duly_error_count(found) && duly_error_line(found, at) != 7) ++at;
  EXPECT(duly_error_code(found, at) == 104);
  EXPECT(strcmp(duly_error_name(found, at), "unknown_name") == 0);
  EXPECT(strcmp(duly_error_file(found, at), "help/rent.yaml") == 0);
  EXPECT(duly_error_column(found, at) == 11);
  EXPECT(strstr(duly_error_help(found, at), "`rent`") != NULL);
  EXPECT(strstr(duly_error_text(found, at), "^^^^") != NULL);
  EXPECT(duly_error_is_warning(found, at) == 0);
  duly_error_free(found);

  duly_set* set = NULL;
  EXPECT(duly_determine(rules, "help", ELIGIBLE, strlen(ELIGIBLE), NULL, &set, NULL) == DULY_BAD_RULES);
  EXPECT(set == NULL);
  duly_rules_free(rules);
}

static void outcomes_are_decided(const duly_rules* rules) {
  const struct {
    const char* document;
    duly_outcome_value outcome;
    const char* word;
  } expected[] = {{ELIGIBLE, DULY_ELIGIBLE, "\"eligible\""}, {INELIGIBLE, DULY_INELIGIBLE, "\"ineligible\""}, {PENDING, DULY_PENDING, "\"pending\""}};
  for (size_t i = 0; i < 3; ++i) {
    duly_set* set = decide(rules, expected[i].document);
    EXPECT(duly_count(set) == 1);
    EXPECT(duly_outcome(set, 0) == expected[i].outcome);
    duly_string* json = NULL;
    EXPECT(duly_at(set, 0, &json, NULL) == DULY_OK);
    EXPECT(strstr(duly_string_data(json), expected[i].word) != NULL);
    duly_string_free(json);
    EXPECT(duly_warnings(set) == NULL);
    duly_set_free(set);
  }
}

static void explanations_come_in_three_forms(const duly_rules* rules) {
  duly_set* set = decide(rules, ELIGIBLE);
  duly_string* text = NULL;
  duly_string* again = NULL;
  EXPECT(duly_explain(set, 0, DULY_TEXT, &text, NULL) == DULY_OK);
  EXPECT(duly_explain(set, 0, DULY_TEXT, &again, NULL) == DULY_OK);
  EXPECT(strcmp(duly_string_data(text), duly_string_data(again)) == 0);
  EXPECT(strstr(duly_string_data(text), "Manual 3") != NULL);
  duly_string_free(text);
  duly_string_free(again);
  EXPECT(duly_explain(set, 0, DULY_JSON, &text, NULL) == DULY_OK);
  EXPECT(duly_string_data(text)[0] == '{');
  duly_string_free(text);
  EXPECT(duly_explain(set, 0, DULY_HTML, &text, NULL) == DULY_OK);
  EXPECT(strstr(duly_string_data(text), "<html") != NULL);
  duly_string_free(text);
  duly_set_free(set);
}

static void a_set_outlives_its_rules(void) {
  duly_rules* rules = load();
  duly_set* set = decide(rules, ELIGIBLE);
  duly_rules_free(rules);
  duly_string* text = NULL;
  EXPECT(duly_explain(set, 0, DULY_TEXT, &text, NULL) == DULY_OK);
  duly_string_free(text);
  duly_set_free(set);
}

static void the_request_wins_over_the_document(const duly_rules* rules) {
  duly_request request = DULY_REQUEST_INIT;
  duly_set* set = NULL;
  duly_error* error = NULL;
  EXPECT(duly_determine(rules, "help", NO_MONTH, strlen(NO_MONTH), NULL, &set, &error) == DULY_BAD_REQUEST);
  EXPECT(set == NULL && duly_error_code(error, 0) == 203);
  duly_error_free(error);
  request.benefit_month = "2026-06";
  request.decided = "2026-06-25";
  EXPECT(duly_determine(rules, "help", NO_MONTH, strlen(NO_MONTH), &request, &set, &error) == DULY_OK);
  EXPECT(error == NULL);
  duly_set_free(set);
  request.benefit_month = "2027-06";
  EXPECT(duly_determine(rules, "help", NO_MONTH, strlen(NO_MONTH), &request, &set, &error) == DULY_BAD_REQUEST);
  EXPECT(duly_error_code(error, 0) == 201);
  duly_error_free(error);
}

static void every_program_is_screened(const duly_rules* rules) {
  duly_screening* screening = NULL;
  duly_string* text = NULL;
  EXPECT(duly_screen(rules, ELIGIBLE, strlen(ELIGIBLE), NULL, NULL, &screening, NULL) == DULY_OK);
  EXPECT(duly_screening_count(screening) == 1);
  EXPECT(duly_screening_outcome(screening, 0) == DULY_ELIGIBLE && duly_screening_outcome(screening, 1) == DULY_NO_OUTCOME);
  EXPECT(strcmp(duly_screening_program(screening, 0), "help") == 0 && strcmp(duly_screening_program(screening, 1), "") == 0);
  EXPECT(duly_screening_warnings(screening) == NULL);
  EXPECT(duly_screening_shown(screening, DULY_TEXT, &text, NULL) == DULY_OK);
  EXPECT(strstr(duly_string_data(text), "Help with the rent") != NULL);
  duly_string_free(text);
  EXPECT(duly_screening_shown(screening, DULY_JSON, &text, NULL) == DULY_OK);
  EXPECT(duly_string_data(text)[0] == '{' && strstr(duly_string_data(text), "\"decided\"") != NULL);
  duly_string_free(text);
  EXPECT(duly_screening_shown(screening, DULY_HTML, &text, NULL) == DULY_OK);
  EXPECT(strstr(duly_string_data(text), "<html") != NULL);
  duly_string_free(text);
  EXPECT_MISUSE(duly_screening_shown(screening, 7, &text, &error));
  EXPECT_MISUSE(duly_screening_shown(screening, DULY_TEXT, NULL, &error));
  duly_screening_free(screening);
}

static void a_screening_tells_what_a_determination_tells(const duly_rules* rules) {
  duly_request request = DULY_REQUEST_INIT;
  duly_screening* screening = NULL;
  duly_error* error = NULL;
  EXPECT(duly_screen(rules, NO_MONTH, strlen(NO_MONTH), NULL, "help", &screening, &error) == DULY_BAD_REQUEST);
  EXPECT(screening == NULL && duly_error_count(error) > 0);
  duly_error_free(error);
  request.benefit_month = "2026-06";
  request.decided = "2026-06-25";
  EXPECT(duly_screen(rules, NO_MONTH, strlen(NO_MONTH), &request, "help", &screening, NULL) == DULY_OK);
  EXPECT(duly_screening_count(screening) == 1);
  duly_screening_free(screening);
  EXPECT(duly_screen(rules, ELIGIBLE, strlen(ELIGIBLE), NULL, "no_such_program", &screening, &error) == DULY_BAD_REQUEST);
  duly_error_free(error);
  EXPECT(duly_screen(rules, ELIGIBLE, 10, NULL, NULL, &screening, &error) != DULY_OK);
  EXPECT(screening == NULL);
  duly_error_free(error);
  EXPECT(duly_screen(rules, NOT_PLAUSIBLE, strlen(NOT_PLAUSIBLE), NULL, "", &screening, NULL) == DULY_OK);
  EXPECT(duly_error_code(duly_screening_warnings(screening), 0) == 311);
  duly_screening_free(screening);
}

static void misuse_of_a_screening_is_told(const duly_rules* rules) {
  duly_screening* screening = NULL;
  duly_string* text = NULL;
  EXPECT_MISUSE(duly_screen(NULL, "{}", 2, NULL, NULL, &screening, &error));
  EXPECT_MISUSE(duly_screen(rules, NULL, 2, NULL, NULL, &screening, &error));
  EXPECT_MISUSE(duly_screen(rules, "{}", 2, NULL, NULL, NULL, &error));
  EXPECT_MISUSE(duly_screening_shown(NULL, DULY_TEXT, &text, &error));
  EXPECT(duly_screening_count(NULL) == 0 && duly_screening_warnings(NULL) == NULL);
  EXPECT(duly_screening_outcome(NULL, 0) == DULY_NO_OUTCOME && strcmp(duly_screening_program(NULL, 0), "") == 0);
  duly_screening_free(NULL);
}

static void warnings_come_with_the_set(const duly_rules* rules) {
  duly_set* set = decide(rules, NOT_PLAUSIBLE);
  const duly_error* warnings = duly_warnings(set);
  EXPECT(duly_error_count(warnings) == 1);
  EXPECT(duly_error_code(warnings, 0) == 311);
  EXPECT(duly_error_is_warning(warnings, 0) == 1);
  duly_set_free(set);
}

static void wrong_documents_are_told_with_their_place(const duly_rules* rules) {
  const char* wrong[] = {"", "{", "[]", "\xff\xfe", "people: [", "{\"duly\": 1, \"rnet\": 5}"};
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; ++i) {
    duly_set* set = NULL;
    duly_error* error = NULL;
    const duly_status status = duly_determine(rules, "help", wrong[i], strlen(wrong[i]), NULL, &set, &error);
    EXPECT(status != DULY_OK && status != DULY_INTERNAL && status != DULY_BAD_ARGUMENT);
    EXPECT(set == NULL);
    EXPECT(duly_error_count(error) >= 1);
    duly_error_free(error);
  }
}

static void messages_are_utf8_whatever_comes_in(const duly_rules* rules) {
  duly_set* set = NULL;
  duly_error* error = NULL;
  EXPECT(duly_determine(rules, "h\xff", ELIGIBLE, strlen(ELIGIBLE), NULL, &set, &error) != DULY_OK);
  EXPECT(duly_error_count(error) >= 1);
  EXPECT(strchr(duly_error_text(error, 0), '\xff') == NULL);
  EXPECT(strstr(duly_error_message(error, 0), "h\xEF\xBF\xBD") != NULL);
  duly_error_free(error);
}

static void a_document_ends_where_its_length_says(const duly_rules* rules) {
  duly_set* set = NULL;
  duly_error* error = NULL;
  char longer[sizeof ELIGIBLE + 3];
  memcpy(longer, ELIGIBLE, sizeof ELIGIBLE - 1);
  memcpy(longer + sizeof ELIGIBLE - 1, "}}}", 4);
  EXPECT(duly_determine(rules, "help", longer, strlen(ELIGIBLE), NULL, &set, &error) == DULY_OK);
  duly_set_free(set);
  EXPECT(duly_determine(rules, "help", ELIGIBLE, 10, NULL, &set, &error) == DULY_BAD_FACTS);
  duly_error_free(error);
}

static void misuse_of_rules_is_told(const duly_rules* rules) {
  duly_rules* made = NULL;
  duly_strings* list = NULL;
  duly_string* json = NULL;
  duly_file file = FILES[0];
  EXPECT_MISUSE(duly_rules_from_folder(NULL, &made, &error));
  EXPECT_MISUSE(duly_rules_from_folder(".", NULL, &error));
  EXPECT_MISUSE(duly_rules_from_texts(NULL, 1, &made, &error));
  EXPECT_MISUSE(duly_rules_from_texts(&file, 1, NULL, &error));
  file.size = 3;
  EXPECT_MISUSE(duly_rules_from_texts(&file, 1, &made, &error));
  file = FILES[0];
  file.path = NULL;
  EXPECT_MISUSE(duly_rules_from_texts(&file, 1, &made, &error));
  file = FILES[0];
  file.text = NULL;
  EXPECT_MISUSE(duly_rules_from_texts(&file, 1, &made, &error));
  const duly_file twice[] = {FILES[0], FILES[0]};
  EXPECT_MISUSE(duly_rules_from_texts(twice, 2, &made, &error));
  EXPECT(made == NULL);
  EXPECT_MISUSE(duly_programs(NULL, &list, &error));
  EXPECT_MISUSE(duly_programs(rules, NULL, &error));
  EXPECT_MISUSE(duly_program_info(NULL, "help", &json, &error));
  EXPECT_MISUSE(duly_program_info(rules, NULL, &json, &error));
  EXPECT_MISUSE(duly_program_info(rules, "help", NULL, &error));
  EXPECT_MISUSE(duly_check(NULL, "help", &error));
  EXPECT_MISUSE(duly_check(rules, NULL, &error));
  EXPECT(duly_check(rules, NULL, NULL) == DULY_BAD_ARGUMENT);
}

static void misuse_of_determine_is_told(const duly_rules* rules) {
  duly_set* set = NULL;
  duly_request request = DULY_REQUEST_INIT;
  EXPECT_MISUSE(duly_determine(NULL, "help", "{}", 2, NULL, &set, &error));
  EXPECT_MISUSE(duly_determine(rules, NULL, "{}", 2, NULL, &set, &error));
  EXPECT_MISUSE(duly_determine(rules, "help", NULL, 2, NULL, &set, &error));
  EXPECT_MISUSE(duly_determine(rules, "help", "{}", 2, NULL, NULL, &error));
  request.size = 0;
  EXPECT_MISUSE(duly_determine(rules, "help", "{}", 2, &request, &set, &error));
  request.size = (size_t)-1;
  EXPECT_MISUSE(duly_determine(rules, "help", "{}", 2, &request, &set, &error));
  EXPECT(set == NULL);
  EXPECT(duly_determine(NULL, NULL, NULL, 0, NULL, NULL, NULL) == DULY_BAD_ARGUMENT);
}

/* A caller built for a later version has a longer struct: fine while the rest of it asks for nothing. */
static void a_longer_request_is_taken_where_its_end_is_zero(const duly_rules* rules) {
  struct {
    duly_request known;
    long later;
  } longer = {DULY_REQUEST_INIT, 0};
  duly_set* set = NULL;
  longer.known.size = sizeof longer;
  EXPECT(duly_determine(rules, "help", ELIGIBLE, strlen(ELIGIBLE), &longer.known, &set, NULL) == DULY_OK);
  duly_set_free(set);
  longer.later = 1;
  EXPECT_MISUSE(duly_determine(rules, "help", ELIGIBLE, strlen(ELIGIBLE), &longer.known, &set, &error));
}

static void misuse_of_a_set_is_told(const duly_rules* rules) {
  duly_set* set = decide(rules, ELIGIBLE);
  duly_string* text = NULL;
  EXPECT_MISUSE(duly_at(NULL, 0, &text, &error));
  EXPECT_MISUSE(duly_at(set, 1, &text, &error));
  EXPECT_MISUSE(duly_at(set, 0, NULL, &error));
  EXPECT_MISUSE(duly_explain(NULL, 0, DULY_TEXT, &text, &error));
  EXPECT_MISUSE(duly_explain(set, 1, DULY_TEXT, &text, &error));
  EXPECT_MISUSE(duly_explain(set, 0, 7, &text, &error));
  EXPECT_MISUSE(duly_explain(set, 0, DULY_TEXT, NULL, &error));
  EXPECT(text == NULL);
  EXPECT(duly_count(NULL) == 0);
  EXPECT(duly_outcome(NULL, 0) == DULY_NO_OUTCOME);
  EXPECT(duly_outcome(set, 1) == DULY_NO_OUTCOME);
  EXPECT(duly_warnings(NULL) == NULL);
  duly_set_free(set);
}

static void nothing_is_said_of_null(void) {
  EXPECT(duly_error_count(NULL) == 0 && duly_error_code(NULL, 0) == 0 && duly_error_line(NULL, 0) == 0 && duly_error_column(NULL, 0) == 0);
  EXPECT(strcmp(duly_error_name(NULL, 0), "") == 0 && strcmp(duly_error_message(NULL, 0), "") == 0 && strcmp(duly_error_help(NULL, 0), "") == 0);
  EXPECT(strcmp(duly_error_file(NULL, 0), "") == 0 && strcmp(duly_error_text(NULL, 0), "") == 0 && duly_error_is_warning(NULL, 0) == 0);
  EXPECT(strcmp(duly_string_data(NULL), "") == 0 && duly_string_length(NULL) == 0);
  EXPECT(duly_strings_count(NULL) == 0 && strcmp(duly_strings_at(NULL, 0), "") == 0);
  duly_rules_free(NULL);
  duly_set_free(NULL);
  duly_error_free(NULL);
  duly_string_free(NULL);
  duly_strings_free(NULL);
}

static void what_cannot_be_found_is_told(const duly_rules* rules) {
  duly_rules* made = NULL;
  duly_error* error = NULL;
  EXPECT(duly_rules_from_folder("/nowhere/at/all", &made, &error) == DULY_BAD_FILE);
  EXPECT(made == NULL && duly_error_code(error, 0) == 500);
  duly_error_free(error);
  duly_string* json = NULL;
  EXPECT(duly_program_info(rules, "hlep", &json, &error) == DULY_BAD_REQUEST);
  EXPECT(json == NULL && duly_error_code(error, 0) == 202);
  duly_error_free(error);
  EXPECT(duly_rules_from_texts(NULL, 0, &made, &error) == DULY_OK);
  duly_strings* programs = NULL;
  EXPECT(duly_programs(made, &programs, NULL) == DULY_OK && duly_strings_count(programs) == 0);
  duly_strings_free(programs);
  duly_rules_free(made);
}

int main(void) {
  duly_rules* rules = load();
  versions_are_told();
  programs_are_listed(rules);
  sound_rules_have_no_mistakes(rules);
  wrong_rules_are_told_with_their_place();
  outcomes_are_decided(rules);
  explanations_come_in_three_forms(rules);
  a_set_outlives_its_rules();
  the_request_wins_over_the_document(rules);
  every_program_is_screened(rules);
  a_screening_tells_what_a_determination_tells(rules);
  misuse_of_a_screening_is_told(rules);
  warnings_come_with_the_set(rules);
  wrong_documents_are_told_with_their_place(rules);
  messages_are_utf8_whatever_comes_in(rules);
  a_document_ends_where_its_length_says(rules);
  misuse_of_rules_is_told(rules);
  misuse_of_determine_is_told(rules);
  a_longer_request_is_taken_where_its_end_is_zero(rules);
  misuse_of_a_set_is_told(rules);
  nothing_is_said_of_null();
  what_cannot_be_found_is_told(rules);
  duly_rules_free(rules);
  printf("%d failures\n", failures);
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
