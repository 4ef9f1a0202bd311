#pragma once

/* A sound program of two facts, held in memory, and households that it decides. */

#include <stddef.h>

#include "duly/c.h"

static const char FACTS[] =
    "kind: facts\n"
    "title: What people say\n"
    "rent:\n"
    "  of: household\n"
    "  type: money per month\n"
    "  range: \"[0..10000]\"\n"
    "  plausible: \"[0..4000]\"\n"
    "  ask: What is your rent?\n"
    "  cite: Manual 1\n"
    "pregnant:\n"
    "  of: person\n"
    "  type: boolean\n"
    "  ask: Is {name} pregnant?\n"
    "  cite: Manual 2\n";

static const char PROGRAM[] =
    "kind: program\n"
    "title: Help with the rent\n"
    "authority: Manual\n"
    "facts: [facts]\n"
    "decides: each household\n"
    "law_in_force_by: benefit_month\n"
    "coverage: {from: 2025-01, until: 2026-12}\n"
    "last_checked: 2026-06-30\n"
    "requires:\n"
    "  - {test: rent_test, fails: unit}\n"
    "outputs: [grant]\n";

static const char RULES[] =
    "kind: chapter\n"
    "title: Rent\n"
    "rent_test:\n"
    "  title: High rent\n"
    "  of: household\n"
    "  cite: Manual 3\n"
    "  passes: rent >= 500 or (some p in people satisfies p.pregnant)\n"
    "  reason: rent_too_low\n"
    "grant:\n"
    "  title: Grant\n"
    "  of: household\n"
    "  cite: Manual 4\n"
    "  value: rent / 2\n";

static const char NOTICES[] =
    "kind: notices\n"
    "language: en\n"
    "rent_too_low: Your rent of {rent, money} is too low.\n";

static const char ELIGIBLE[] =
    "{\"duly\": 1, \"request\": {\"benefit_month\": \"2026-06\", \"decided\": \"2026-06-25\"},"
    " \"people\": {\"ana\": {\"pregnant\": \"no\"}}, \"rent\": 900}";
static const char INELIGIBLE[] =
    "{\"duly\": 1, \"request\": {\"benefit_month\": \"2026-06\", \"decided\": \"2026-06-25\"},"
    " \"people\": {\"ana\": {\"pregnant\": \"no\"}}, \"rent\": 400}";
static const char PENDING[] =
    "{\"duly\": 1, \"request\": {\"benefit_month\": \"2026-06\", \"decided\": \"2026-06-25\"},"
    " \"people\": {\"ana\": {\"pregnant\": \"no\"}}}";
static const char NO_MONTH[] = "{\"duly\": 1, \"people\": {\"ana\": {\"pregnant\": \"no\"}}, \"rent\": 900}";
static const char NOT_PLAUSIBLE[] =
    "{\"duly\": 1, \"request\": {\"benefit_month\": \"2026-06\", \"decided\": \"2026-06-25\"},"
    " \"people\": {\"ana\": {\"pregnant\": \"no\"}}, \"rent\": 9000}";

static const duly_file FILES[] = {
    {sizeof(duly_file), "facts/facts.yaml", FACTS, sizeof FACTS - 1},
    {sizeof(duly_file), "help/program.yaml", PROGRAM, sizeof PROGRAM - 1},
    {sizeof(duly_file), "help/rent.yaml", RULES, sizeof RULES - 1},
    {sizeof(duly_file), "help/notices/en.yaml", NOTICES, sizeof NOTICES - 1},
};
static const size_t FILE_COUNT = sizeof FILES / sizeof FILES[0];
