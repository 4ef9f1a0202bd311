#pragma once

/* duly in C: rules loaded once, households decided and screened, determinations explained.
 *
 * Conventions
 *
 *  1. Handles. `duly_rules`, `duly_set`, `duly_screening`, `duly_error`, `duly_string` and `duly_strings` are opaque; each is a type of its
 *     own.
 *  2. Ownership. What a function gives through a pointer to a handle belongs to the caller, who frees it once with the function of its name
 *     (`duly_rules_free`, ...). Freeing NULL does nothing. What goes in stays the caller's and is not kept: handles hold copies, and a
 *     `duly_set` or a `duly_screening` stays usable after the rules it came from are freed.
 *  3. Text is UTF-8. It goes in either ended by a zero byte, or with its length in bytes where a length parameter follows it. It comes out
 *     ended by a zero byte; a `duly_string` also tells its length. A `const char*` that comes out belongs to the handle it was asked of.
 *  4. Errors. A function that can fail returns a `duly_status`. On failure the handle it should have made is NULL, and `*error` holds every
 *     diagnostic; on success `*error` is NULL. `error` itself may be NULL where nobody wants to know.
 *  5. Misuse: NULL where a value is needed, an index past the end, a struct of an impossible size: DULY_BAD_ARGUMENT with one diagnostic
 *     E901. Functions that return no status return 0, an empty text or DULY_NO_OUTCOME. Only a handle that was freed or never made is
 *     beyond help.
 *  6. Structs begin with their size in bytes, so that later versions may add to their end. Fill them with the *_INIT macros.
 *  7. Threads: `duly_rules`, `duly_set`, `duly_screening`, `duly_error` and the strings are immutable for their users; any number of threads may use one at a
 *     time. Freeing a handle must happen after its last use.
 *  8. No exception leaves these functions, and they never print, exit, read the clock, the environment or the network. Files are read by
 *     `duly_rules_from_folder` and, for programs not asked for before, by what is called with its rules.
 *  9. The same rules, document and request give the same bytes, on any thread, every time.
 * 10. Stability. Functions and constants stay; `duly_abi_version` grows when some are added. Codes (E104, ...) keep their meaning for ever.
 */

#include <stddef.h>

#include "duly/arrow.h"
#include "duly/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct duly_rules duly_rules;
typedef struct duly_set duly_set;
typedef struct duly_screening duly_screening;
typedef struct duly_error duly_error;
typedef struct duly_string duly_string;
typedef struct duly_strings duly_strings;

/* What kind of thing went wrong first: the hundreds of its code. */
typedef enum duly_status {
  DULY_OK = 0,
  DULY_BAD_RULES = 1,      /* E1xx: rules, and YAML or JSON that cannot be read, also of a document */
  DULY_BAD_REQUEST = 2,    /* E2xx: no such program, no rules for the month, a date is missing */
  DULY_BAD_FACTS = 3,      /* E3xx: the household document */
  DULY_NO_VALUE = 4,       /* E4xx: evaluation */
  DULY_BAD_FILE = 5,       /* E5xx */
  DULY_INTERNAL = 8,       /* E900: our fault, such as memory that ran out */
  DULY_BAD_ARGUMENT = 9    /* E901: this interface was used wrongly */
} duly_status;

typedef enum duly_outcome_value {
  DULY_NO_OUTCOME = -1,
  DULY_ELIGIBLE = 0,
  DULY_INELIGIBLE = 1,
  DULY_CONDITIONAL = 2,
  DULY_PENDING = 3,        /* a deciding fact is missing: never a "no" */
  DULY_ERROR = 4           /* a rule could not be carried out for this subject */
} duly_outcome_value;

/* How an explanation or a screening is written. Given as an int, since languages other than C may pass any number: others are refused. */
enum { DULY_TEXT = 0, DULY_JSON = 1, DULY_HTML = 2 };

/* ---- versions ---- */

/* Grows by one when functions or constants are added. */
DULY_API int duly_abi_version(void);
/* The engine, such as "1.4.2". */
DULY_API const char* duly_version(void);

/* ---- rules ---- */

/* Rules below `folder`. Programs are read when they are first asked for. */
DULY_API duly_status duly_rules_from_folder(const char* folder, duly_rules** rules, duly_error** error);

typedef struct duly_file {
  size_t size;             /* sizeof(duly_file); in an array that of the first holds for all */
  const char* path;        /* below the rules folder, with `/` */
  const char* text;
  size_t length;           /* of `text` */
} duly_file;

/* Rules held in memory. */
DULY_API duly_status duly_rules_from_texts(const duly_file* files, size_t count, duly_rules** rules, duly_error** error);

/* Ids of all programs, sorted. */
DULY_API duly_status duly_programs(const duly_rules* rules, duly_strings** programs, duly_error** error);

/* A program as JSON: title, coverage, tests, outputs, what is not modelled, doubts, hash of its rules. */
DULY_API duly_status duly_program_info(const duly_rules* rules, const char* program, duly_string** json, duly_error** error);

/* All mistakes and warnings of a program's rules. DULY_OK where they are sound: `*found` is then NULL or holds warnings only. */
DULY_API duly_status duly_check(const duly_rules* rules, const char* program, duly_error** found);

DULY_API void duly_rules_free(duly_rules* rules);

/* ---- determinations ---- */

/* What is asked beside the document. What is set wins over the document's own `request`; NULL and 0 leave it as it is. */
typedef struct duly_request {
  size_t size;                /* sizeof(duly_request) */
  const char* benefit_month;  /* "YYYY-MM" */
  const char* decided;        /* "YYYY-MM-DD", the day the decision is made */
  const char* applied;        /* "YYYY-MM-DD" */
  const char* occasion;       /* "application", "renewal" or "change" */
  const char* languages;      /* of the sentences of reasons, separated by blanks: "en es"; NULL is "en" */
  int trials;                 /* most combinations of missing facts that are tried, 1 to 4096; 0 is 256 */
} duly_request;

#define DULY_REQUEST_INIT {sizeof(duly_request), NULL, NULL, NULL, NULL, NULL, 0}

/* Decides `program` for every unit or person of `document` (JSON or YAML). `request` may be NULL. A missing fact is no error: that determination
 * is pending and names it. */
DULY_API duly_status duly_determine(const duly_rules* rules, const char* program, const char* document, size_t length, const duly_request* request,
                                    duly_set** set, duly_error** error);

/* How many determinations: one for each unit or person decided, in the order of the document. */
DULY_API size_t duly_count(const duly_set* set);
DULY_API duly_outcome_value duly_outcome(const duly_set* set, size_t index);
/* One determination as JSON: {"duly": 1, "determinations": [it], ...}. */
DULY_API duly_status duly_at(const duly_set* set, size_t index, duly_string** json, duly_error** error);
/* The same with every step down to the facts, as text of 80 columns, JSON, or an HTML page that stands alone. */
DULY_API duly_status duly_explain(const duly_set* set, size_t index, int format, duly_string** explanation, duly_error** error);
/* Warnings about the document; NULL where there are none. Belongs to the set. */
DULY_API const duly_error* duly_warnings(const duly_set* set);
DULY_API void duly_set_free(duly_set* set);

/* ---- every program for one household ---- */

/* Decides every program that covers the place and month of `document` (JSON or YAML), those that others read first: what one decided of a person
 * fills what another reads from it, where the document does not state it. With `only`, that program and those it reads; NULL is all. `request` may
 * be NULL. DULY_BAD_REQUEST where no program decides. */
DULY_API duly_status duly_screen(const duly_rules* rules, const char* document, size_t length, const duly_request* request, const char* only,
                                 duly_screening** screening, duly_error** error);

/* How many determinations, program by program. */
DULY_API size_t duly_screening_count(const duly_screening* screening);
DULY_API duly_outcome_value duly_screening_outcome(const duly_screening* screening, size_t index);
DULY_API const char* duly_screening_program(const duly_screening* screening, size_t index); /* its id */
/* All of it: one determination a program and unit or person, the facts that are missing, the most useful first, what is to be verified by when, and the
 * programs that do not cover the household. As text of 80 columns, JSON, or an HTML page that stands alone; sentences in the first language asked for. */
DULY_API duly_status duly_screening_shown(const duly_screening* screening, int format, duly_string** shown, duly_error** error);
/* Warnings about the document, each once; NULL where there are none. Belongs to the screening. */
DULY_API const duly_error* duly_screening_warnings(const duly_screening* screening);
DULY_API void duly_screening_free(duly_screening* screening);

/* ---- a whole caseload ---- */

/* A table of a caseload: `household`, `person`, `relation`, or the name of a list of records; shaped as docs/batch.md tells, with a column for each
 * fact. Where a column has no value nobody said it. The rows come as an Arrow C stream (duly/arrow.h). */
typedef struct duly_table {
  size_t size; /* sizeof(duly_table); in an array that of the first holds for all */
  const char* name;
  struct ArrowArrayStream* rows; /* taken over: its `release` is NULL afterwards */
} duly_table;

typedef struct duly_tables_options {
  size_t size; /* sizeof(duly_tables_options) */
  int threads; /* at once; 0 is as many as the machine has */
  int households_in_tile; /* decided together, 1 to 65536; 0 is 1024. No result depends on it */
  int (*progress)(void* user, long long households); /* called between tiles, may be NULL; 0 stops the stream */
  void* user; /* for `progress` */
} duly_tables_options;

#define DULY_TABLES_OPTIONS_INIT {sizeof(duly_tables_options), 0, 0, NULL, NULL}

/* Makes `*determinations` a stream of what `program` decides of every household, in the order of the tables: `duly/caseload.h` lists its columns. It reads the
 * tables as it is read itself and holds only some tiles at a time. A household with a mistake is a row whose outcome is `error`, with its place, code and
 * message; all others are decided. The stream stays usable after the rules are freed; whoever reads it releases it. `request` and `options` may be NULL. */
DULY_API duly_status duly_determine_tables(const duly_rules* rules, const char* program, const duly_table* tables, size_t count,
                                           const duly_request* request, const duly_tables_options* options, struct ArrowArrayStream* determinations,
                                           duly_error** error);

/* ---- diagnostics ---- */

DULY_API size_t duly_error_count(const duly_error* error);
DULY_API int duly_error_code(const duly_error* error, size_t index); /* 104 */
DULY_API const char* duly_error_name(const duly_error* error, size_t index); /* "unknown_name" */
DULY_API int duly_error_is_warning(const duly_error* error, size_t index);
DULY_API const char* duly_error_message(const duly_error* error, size_t index);
DULY_API const char* duly_error_help(const duly_error* error, size_t index); /* what to do, or "" */
DULY_API const char* duly_error_file(const duly_error* error, size_t index); /* "" where there is none */
DULY_API int duly_error_line(const duly_error* error, size_t index); /* from 1; 0 where there is no place */
DULY_API int duly_error_column(const duly_error* error, size_t index); /* from 1, in characters */
DULY_API const char* duly_error_text(const duly_error* error, size_t index); /* all of it, with the line and a caret, as people read it */
DULY_API void duly_error_free(duly_error* error);

/* ---- texts ---- */

DULY_API const char* duly_string_data(const duly_string* text);
DULY_API size_t duly_string_length(const duly_string* text);
DULY_API void duly_string_free(duly_string* text);

DULY_API size_t duly_strings_count(const duly_strings* list);
DULY_API const char* duly_strings_at(const duly_strings* list, size_t index);
DULY_API void duly_strings_free(duly_strings* list);

#ifdef __cplusplus
}
#endif
