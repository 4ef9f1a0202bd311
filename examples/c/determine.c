/* Decides a household and prints its explanation: determine RULES PROGRAM HOUSEHOLD */
#include <duly/c.h>
#include <stdio.h>
#include <stdlib.h>

/* Whatever went wrong, in full. */
static int give_up(duly_error* error) {
  for (size_t i = 0; i < duly_error_count(error); ++i) fputs(duly_error_text(error, i), stderr);
  duly_error_free(error);
  return EXIT_FAILURE;
}

static size_t read_file(const char* path, char* into, size_t most) {
  FILE* file = fopen(path, "rb");
  if (file == NULL) return 0;
  const size_t length = fread(into, 1, most, file);
  fclose(file);
  return length;
}

int main(int count, char** words) {
  static char document[1 << 20];
  if (count != 4) return fputs("usage: determine RULES PROGRAM HOUSEHOLD\n", stderr), EXIT_FAILURE;

  duly_rules* rules = NULL;
  duly_set* set = NULL;
  duly_error* error = NULL;
  if (duly_rules_from_folder(words[1], &rules, &error) != DULY_OK) return give_up(error);
  const size_t length = read_file(words[3], document, sizeof document);
  if (length == 0) return fprintf(stderr, "%s cannot be read, or is empty\n", words[3]), EXIT_FAILURE;
  if (duly_determine(rules, words[2], document, length, NULL, &set, &error) != DULY_OK) return give_up(error);

  for (size_t i = 0; i < duly_count(set); ++i) {
    duly_string* why = NULL;
    if (duly_explain(set, i, DULY_TEXT, &why, &error) != DULY_OK) return give_up(error);
    fputs(duly_string_data(why), stdout);
    duly_string_free(why);
  }
  duly_set_free(set);
  duly_rules_free(rules);
  return EXIT_SUCCESS;
}
