/* Tables as Arrow streams, made and read by hand: what goes in as columns comes out as columns, and what is wrong comes out beside the rest. */

#include <errno.h>
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

/* ---- a stream of one batch, with columns of text; NULL is no value ---- */

enum { MOST_COLUMNS = 8, MOST_ROWS = 8, MOST_BYTES = 1024 };

struct text_column {
  uint8_t valid[1];
  int32_t offsets[MOST_ROWS + 1];
  char bytes[MOST_BYTES];
  const void* buffers[3];
};

struct made_table {
  const char* const* names;
  int columns, rows;
  const char* const* cells; /* row by row */
  const char* format;       /* of every column */
  int given, released;
  struct text_column texts[MOST_COLUMNS];
  struct ArrowArray children[MOST_COLUMNS];
  struct ArrowArray* child_pointers[MOST_COLUMNS];
  struct ArrowSchema child_schemas[MOST_COLUMNS];
  struct ArrowSchema* schema_pointers[MOST_COLUMNS];
  const void* no_buffers[1];
};

static void keep_schema(struct ArrowSchema* schema) { schema->release = NULL; }
static void keep_array(struct ArrowArray* array) { array->release = NULL; }

static int give_schema(struct ArrowArrayStream* stream, struct ArrowSchema* out) {
  struct made_table* table = stream->private_data;
  memset(out, 0, sizeof *out);
  for (int c = 0; c < table->columns; ++c) {
    struct ArrowSchema* child = &table->child_schemas[c];
    memset(child, 0, sizeof *child);
    child->format = table->format;
    child->name = table->names[c];
    child->release = keep_schema;
    table->schema_pointers[c] = child;
  }
  out->format = "+s";
  out->name = "";
  out->n_children = table->columns;
  out->children = table->schema_pointers;
  out->release = keep_schema;
  return 0;
}

static int give_rows(struct ArrowArrayStream* stream, struct ArrowArray* out) {
  struct made_table* table = stream->private_data;
  memset(out, 0, sizeof *out);
  if (table->given) return 0;
  table->given = 1;
  for (int c = 0; c < table->columns; ++c) {
    struct text_column* text = &table->texts[c];
    struct ArrowArray* child = &table->children[c];
    int32_t end = 0;
    int nulls = 0;
    memset(text, 0, sizeof *text);
    for (int r = 0; r < table->rows; ++r) {
      const char* cell = table->cells[r * table->columns + c];
      if (cell == NULL) ++nulls;
      else {
        text->valid[0] = (uint8_t)(text->valid[0] | (1U << r));
        memcpy(text->bytes + end, cell, strlen(cell));
        end += (int32_t)strlen(cell);
      }
      text->offsets[r + 1] = end;
    }
    memset(child, 0, sizeof *child);
    text->buffers[0] = text->valid;
    text->buffers[1] = text->offsets;
    text->buffers[2] = text->bytes;
    child->length = table->rows;
    child->null_count = nulls;
    child->n_buffers = 3;
    child->buffers = text->buffers;
    child->release = keep_array;
    table->child_pointers[c] = child;
  }
  out->length = table->rows;
  out->n_buffers = 1;
  out->buffers = table->no_buffers;
  out->n_children = table->columns;
  out->children = table->child_pointers;
  out->release = keep_array;
  return 0;
}

static const char* no_error(struct ArrowArrayStream* stream) {
  (void)stream;
  return NULL;
}

static void release_stream(struct ArrowArrayStream* stream) {
  ((struct made_table*)stream->private_data)->released = 1;
  stream->release = NULL;
}

static struct ArrowArrayStream stream_of(struct made_table* table) {
  struct ArrowArrayStream stream = {give_schema, give_rows, no_error, release_stream, NULL};
  stream.private_data = table;
  table->given = table->released = 0;
  return stream;
}

/* ---- reading ---- */

static int column_named(const struct ArrowSchema* schema, const char* name) {
  for (int64_t c = 0; c < schema->n_children; ++c)
    if (strcmp(schema->children[c]->name, name) == 0) return (int)c;
  return -1;
}

static void read_cell(const struct ArrowArray* rows, int column, int64_t row, char* out) {
  const struct ArrowArray* texts = rows->children[column];
  const int32_t* offsets = texts->buffers[1];
  const int32_t length = offsets[row + 1] - offsets[row];
  memcpy(out, (const char*)texts->buffers[2] + offsets[row], (size_t)length);
  out[length] = '\0';
}

static const char* const HOUSEHOLD_NAMES[] = {"household", "benefit_month", "decided", "rent"};
static const char* const HOUSEHOLDS[] = {
    "1", "2026-06", "2026-06-25", "900",   /* helped */
    "2", "2026-06", "2026-06-25", "100",   /* not */
    "3", "2026-06", "2026-06-25", NULL,    /* nobody said the rent */
    "4", "2026-06", "2026-06-25", "no idea",
};
static const char* const PERSON_NAMES[] = {"household", "person", "pregnant"};
static const char* const PEOPLE[] = {"1", "ana", "no", "2", "leo", "no", "3", "mia", "no", "4", "eve", "no"};

static struct made_table households(void) {
  struct made_table table;
  memset(&table, 0, sizeof table);
  table.names = HOUSEHOLD_NAMES;
  table.columns = 4;
  table.rows = 4;
  table.cells = HOUSEHOLDS;
  table.format = "u";
  return table;
}

static struct made_table people(void) {
  struct made_table table;
  memset(&table, 0, sizeof table);
  table.names = PERSON_NAMES;
  table.columns = 3;
  table.rows = 4;
  table.cells = PEOPLE;
  table.format = "u";
  return table;
}

static int calls = 0;
static int count_calls(void* user, long long decided) {
  (void)user;
  (void)decided;
  ++calls;
  return 1;
}
static int stop_at_once(void* user, long long decided) {
  (void)user;
  (void)decided;
  return 0;
}

static void every_household_is_decided(const duly_rules* rules, int threads, int tile) {
  struct made_table one = households();
  struct made_table other = people();
  struct ArrowArrayStream rows[2] = {stream_of(&one), stream_of(&other)};
  const duly_table tables[2] = {{sizeof(duly_table), "household", &rows[0]}, {sizeof(duly_table), "person", &rows[1]}};
  duly_tables_options options = DULY_TABLES_OPTIONS_INIT;
  options.threads = threads;
  options.households_in_tile = tile;
  options.progress = count_calls;
  struct ArrowArrayStream out;
  duly_error* error = NULL;
  calls = 0;
  EXPECT(duly_determine_tables(rules, "help", tables, 2, NULL, &options, &out, &error) == DULY_OK);
  if (error != NULL) {
    printf("%s", duly_error_text(error, 0));
    duly_error_free(error);
    return;
  }
  EXPECT(rows[0].release == NULL && rows[1].release == NULL);
  struct ArrowSchema schema;
  EXPECT(out.get_schema(&out, &schema) == 0);
  const int household = column_named(&schema, "household");
  const int outcome = column_named(&schema, "outcome");
  const int missing = column_named(&schema, "missing");
  const int code = column_named(&schema, "error_code");
  const int place = column_named(&schema, "error_column");
  EXPECT(household == 0 && outcome > 0 && missing > 0 && code > 0 && place > 0);
  static const char* const wanted[4] = {"eligible", "ineligible", "pending", "error"};
  int64_t seen = 0;
  char text[MOST_BYTES];
  for (;;) {
    struct ArrowArray batch;
    EXPECT(out.get_next(&out, &batch) == 0);
    if (batch.release == NULL) break;
    for (int64_t r = 0; r < batch.length && seen < 4; ++r, ++seen) {
      read_cell(&batch, household, r, text);
      EXPECT(text[0] == (char)('1' + seen) && text[1] == '\0');
      read_cell(&batch, outcome, r, text);
      EXPECT(strcmp(text, wanted[seen]) == 0);
      read_cell(&batch, missing, r, text);
      EXPECT(strcmp(text, seen == 2 ? "rent" : "") == 0);
      read_cell(&batch, code, r, text);
      EXPECT(strcmp(text, seen == 3 ? "E306" : "") == 0);
      read_cell(&batch, place, r, text);
      EXPECT(strcmp(text, seen == 3 ? "rent" : "") == 0);
    }
    batch.release(&batch);
  }
  EXPECT(seen == 4);
  EXPECT(calls > 0);
  schema.release(&schema);
  out.release(&out);
  EXPECT(one.released && other.released);
}

static void a_stream_can_be_stopped(const duly_rules* rules) {
  struct made_table one = households();
  struct ArrowArrayStream rows = stream_of(&one);
  const duly_table table = {sizeof(duly_table), "household", &rows};
  duly_tables_options options = DULY_TABLES_OPTIONS_INIT;
  options.threads = 1;
  options.households_in_tile = 1;
  options.progress = stop_at_once;
  struct ArrowArrayStream out;
  EXPECT(duly_determine_tables(rules, "help", &table, 1, NULL, &options, &out, NULL) == DULY_OK);
  struct ArrowArray batch;
  EXPECT(out.get_next(&out, &batch) == 0 && batch.release != NULL);
  batch.release(&batch);
  EXPECT(out.get_next(&out, &batch) != 0);
  EXPECT(strstr(out.get_last_error(&out), "E515") != NULL);
  out.release(&out);
}

static void wrong_tables_are_refused(const duly_rules* rules) {
  struct made_table one = households();
  one.format = "g"; /* binary floating point */
  struct ArrowArrayStream rows = stream_of(&one);
  const duly_table table = {sizeof(duly_table), "household", &rows};
  struct ArrowArrayStream out;
  duly_error* error = NULL;
  EXPECT(duly_determine_tables(rules, "help", &table, 1, NULL, NULL, &out, &error) == DULY_BAD_FILE);
  EXPECT(duly_error_code(error, 0) == 512);
  duly_error_free(error);
  EXPECT(one.released);
  EXPECT(duly_determine_tables(rules, "help", &table, 1, NULL, NULL, &out, NULL) == DULY_BAD_ARGUMENT); /* it was taken */
  EXPECT(duly_determine_tables(NULL, "help", &table, 1, NULL, NULL, &out, NULL) == DULY_BAD_ARGUMENT);
  EXPECT(duly_determine_tables(rules, "help", NULL, 0, NULL, NULL, &out, NULL) == DULY_BAD_ARGUMENT);
  EXPECT(duly_determine_tables(rules, "help", &table, 1, NULL, NULL, NULL, NULL) == DULY_BAD_ARGUMENT);
}

int main(void) {
  duly_rules* rules = NULL;
  if (duly_rules_from_texts(FILES, FILE_COUNT, &rules, NULL) != DULY_OK) return 1;
  for (int threads = 1; threads <= 3; ++threads)
    for (int tile = 1; tile <= 4; ++tile) every_household_is_decided(rules, threads, tile);
  a_stream_can_be_stopped(rules);
  wrong_tables_are_refused(rules);
  duly_rules_free(rules);
  if (failures == 0) printf("all as expected\n");
  return failures == 0 ? 0 : 1;
}
