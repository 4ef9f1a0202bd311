"""One household from Python: exact values, exceptions with codes, explanations, threads."""

import copy
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from fractions import Fraction

import duly
import pytest

HOUSEHOLD = {
    "duly": 1,
    "request": {"benefit_month": "2026-06", "decided": "2026-06-25", "applied": "2026-06-20", "occasion": "application"},
    "place": {"state": "TX"},
    "nobody": ["disabled"],
    "people": {
        "ana": {"birth_date": date(1991, 3, 2), "income": [{"kind": "wages", "amount": 391.62, "every": "week"}], "parent_of": ["leo", "mia"]},
        "leo": {"birth_date": "2019-08-11"},
        "mia": {"birth_date": "2022-01-30"},
    },
    "no_other": ["income", "expenses", "assets"],
    "homeless": False,
    "rent": Decimal("900.00"),
    "pays_heating_or_cooling": True,
}


@pytest.fixture(scope="module")
def rules():
    return duly.Ruleset.load()


@pytest.fixture()
def household():
    return copy.deepcopy(HOUSEHOLD)


def test_the_shipped_rules_decide_a_family_of_three(rules, household):
    decided = rules.determine(household, "us/snap")
    assert len(decided) == 1
    assert decided[0].outcome == "eligible"
    assert decided[0]["benefit"] == Decimal(666)
    assert decided[0].people == decided[0].members == ("ana", "leo", "mia")
    assert decided.of("leo") is decided[0]
    with pytest.raises(KeyError):
        decided.of("nobody")


def test_values_come_as_what_they_are(rules, household):
    family = rules.determine(household, "us/snap")[0]
    assert isinstance(family["benefit"], Decimal)
    assert family["pay_by"] == date(2026, 7, 20)
    assert family["certified_from"] == "2026-06"
    assert family["expedited_service"] is False
    assert family["proof_due"] is None
    assert family["everyone_in_it"] == ["ana", "leo", "mia"]
    assert str(family.outputs["benefit"]) == "666 USD per month"


def test_what_is_not_known_is_never_a_number_or_a_no(rules, household):
    del household["rent"]
    household["no_other"].remove("expenses")
    family = rules.determine(household, "us/snap")[0]
    assert family.outcome == "pending"
    assert family.missing
    with pytest.raises(duly.UnknownValue):
        family["benefit"]


def test_texts_in_yaml_and_json_are_taken_as_they_are(rules):
    text = "duly: 1\nrequest: {benefit_month: 2026-06, decided: 2026-06-25}\nplace: {state: TX}\npeople: {ana: {age: 34}}\n"
    assert rules.determine(text, "us/snap")[0].key == "ana"
    assert rules.determine(text.encode(), "us/snap")[0].key == "ana"


def test_what_is_given_with_the_call_wins(rules, household):
    decided = rules.determine(household, "us/snap", benefit_month=date(2026, 7, 1), decided=date(2026, 7, 2))
    assert decided[0].as_dict()["benefit_month"] == "2026-07"


def test_reasons_speak_the_languages_asked_for(rules, household):
    household["people"]["ana"]["income"][0]["amount"] = "2000.00"
    family = rules.determine(household, "us/snap", languages=["en", "es"])[0]
    assert family.outcome == "ineligible"
    assert set(family.reasons[0]["text"]) == {"en", "es"}
    assert "because:" in repr(family)


def test_explanations_come_as_text_json_and_html(rules, household):
    family = rules.determine(household, "us/snap")[0]
    assert "Gross income test" in family.explain()
    assert family.explain("json").startswith("{")
    assert family.explain("html").lower().startswith("<!doctype html>")
    assert "<iframe" in family._repr_html_()
    with pytest.raises(ValueError, match="text, json, html"):
        family.explain("pdf")


@pytest.mark.parametrize(
    ("change", "exception", "code"),
    [
        (lambda h: h.update(rentt=1), duly.FactsError, "E301"),
        (lambda h: h["request"].pop("benefit_month"), duly.RequestError, "E203"),
        (lambda h: h["request"].update(benefit_month="1990-01"), duly.RequestError, "E201"),
    ],
)
def test_mistakes_have_a_code_and_say_what_to_do(rules, household, change, exception, code):
    change(household)
    with pytest.raises(exception) as raised:
        rules.determine(household, "us/snap")
    assert raised.value.code == code
    assert raised.value.diagnostics[0].help
    assert isinstance(raised.value, duly.Error)


def test_an_unknown_program_is_refused_with_the_nearest(rules, household):
    with pytest.raises(duly.RequestError, match="us/snap"):
        rules.determine(household, "us/snop")


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(duly.FileError):
        duly.Ruleset.load(tmp_path / "nothing").programs


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_numbers_that_are_none_are_refused(rules, household, value):
    household["rent"] = value
    with pytest.raises(ValueError):
        rules.determine(household, "us/snap")


@pytest.mark.parametrize("value", [Fraction(1, 3), object(), {1: 2}, {"a", "b"}])
def test_what_has_no_exact_text_is_refused(rules, household, value):
    household["rent"] = value
    with pytest.raises(TypeError):
        rules.determine(household, "us/snap")


def test_rules_may_be_texts(tmp_path):
    rules = duly.Ruleset.load({"help/program.yaml": "kind: program\n"})
    assert rules.programs == ["help"]
    found = rules.check("help")
    assert found and found[0].code.startswith("E1") and found[0].file
    with pytest.raises(duly.RulesError):
        rules.program("help")


def test_threads_get_the_same_bytes(rules, household):
    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(lambda _: rules.determine(household, "us/snap")[0].explain("json"), range(40)))
    assert len(answers) == 1


def test_programs_tell_what_they_cover(rules):
    assert "us/snap" in rules.programs
    assert rules.program("us/snap")["not_modelled"]
    assert rules.check("us/snap") == []
    assert "us/snap" in repr(rules)


def test_every_program_is_screened_at_once(rules, household):
    screening = rules.screen(household)
    assert [each.outcome for each in screening.of("us/snap")] == ["eligible"]
    assert screening.of("us/snap")[0]["benefit"] == rules.determine(household, "us/snap")[0]["benefit"]
    assert len({each.program for each in screening.decided}) > 3
    assert screening.of("us/snap")[0].program_title
    assert any(each.next is not None for each in screening.decided)
    asked = [fact["fact"]["fact"] for fact in screening.missing]
    assert asked and all(fact["programs"] for fact in screening.missing)
    assert any("does not cover the place" in passed["why"] for passed in screening.passed_over)


def test_a_screening_is_shown_as_text_json_or_a_page(rules, household):
    screening = rules.screen(household, only="us/snap")
    assert {each.program for each in screening.decided} >= {"us/snap"}
    assert screening.shown() == repr(screening)
    assert json.loads(screening.shown("json"))["decided"][-1]["determination"] == screening.decided[-1].as_dict()
    assert "<html" in screening.shown("html") and screening._repr_html_().startswith("<iframe")
    with pytest.raises(ValueError):
        screening.shown("pdf")


def test_a_screening_that_cannot_be_made_says_why(rules, household):
    with pytest.raises(duly.RequestError) as raised:
        rules.screen(household, only="us/no_such_program")
    assert raised.value.diagnostics[0].code
    with pytest.raises(duly.RequestError):
        rules.screen(household, only="us/snap", benefit_month="1999-01")
    with pytest.raises(duly.FactsError):
        rules.screen(household, benefit_month="June")
    household["people"]["ana"]["income"][0]["amount"] = "much"
    with pytest.raises(duly.FactsError):
        rules.screen(household)
