"""Helplines: with sources, unconfirmed as they come, shown once somebody has checked them."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from beside.space.models import AuditEntry, Helpline, Person
from beside.space.verbs import countries, helplines
from beside.space.verbs.errors import NotAllowed


@pytest.fixture
def operator(db):
    return Person.objects.create_user("op@operator.example", is_operator=True)


class TestBrought:
    def test_nothing_comes_confirmed(self):
        assert {line["checked_on"] for line in helplines.brought()} == {""}

    def test_each_has_a_source_or_says_that_it_has_none(self):
        bare = [line for line in helplines.brought() if not line["source"] and not line["note"]]
        assert bare == []

    def test_each_country_has_a_line_for_now_and_one_for_later(self):
        found = {(line["country"], line["is_crisis"]) for line in helplines.brought()}
        codes = {code for code, _ in found}
        assert codes == {"GB", "IE", "US", "CA", "AU", "NZ", "IN", "NG", "DE", "FR", "ES", "ZZ"}
        assert found == {(code, crisis) for code in codes for crisis in (True, False)}

    def test_conflicts_between_sources_are_noted(self):
        noted = {line["country"] for line in helplines.brought() if "onflict" in line["note"]}
        assert noted == {"IN", "NG"}

    def test_each_fits_its_field(self):
        for line in helplines.brought():
            Helpline(**{name: line[name] for name in ("country", *helplines.FIELDS)}).clean_fields(
                exclude=["checked_on"]
            )


@pytest.mark.django_db
class TestShown:
    def test_nobody_sees_what_was_only_offered(self):
        helplines.offer(country="GB")
        assert len(helplines.of_country("GB")) == 6
        assert (helplines.confirmed("GB"), helplines.confirmed_countries()) == ([], [])

    def test_an_offer_twice_is_one_and_changes_nothing(self, operator):
        helplines.offer(country="GB")
        line = Helpline.objects.get(service="Samaritans")
        helplines.save(person=operator, helpline=line, checked_by="Op", number="116 124")
        helplines.offer(country="GB")
        assert (len(helplines.of_country("GB")), Helpline.objects.get(pk=line.pk).number) == (6, "116 124")

    @time_machine.travel("2026-03-01 12:00Z", tick=False)
    def test_a_check_has_a_day_and_a_name_and_shows_the_line(self, operator):
        helplines.offer(country="GB")
        line = Helpline.objects.get(service="Sands")
        helplines.save(person=operator, helpline=line, checked_by=" Op ")
        (shown,) = helplines.confirmed("GB")
        assert (shown.service, shown.checked_on, shown.checked_by) == ("Sands", date(2026, 3, 1), "Op")
        assert AuditEntry.objects.get().action == "helpline confirmed"

    def test_a_change_without_a_check_takes_it_out_of_sight(self, operator):
        line = Helpline(country="GB", service="Line", number="1")
        helplines.save(person=operator, helpline=line, checked_by="Op")
        helplines.save(person=operator, helpline=line, number="2")
        assert helplines.confirmed("GB") == []

    def test_lines_for_danger_come_first_and_elsewhere_last(self, operator):
        for country, service, crisis in (("GB", "Later", False), ("GB", "Now", True), ("ZZ", "World", True)):
            line = Helpline(country=country, service=service, number="1", is_crisis=crisis)
            helplines.save(person=operator, helpline=line, checked_by="Op")
        assert [line.service for line in helplines.confirmed("GB")] == ["Now", "Later"]
        assert helplines.confirmed_countries() == ["GB", "ZZ"]

    def test_is_overdue_from_the_180th_day(self, operator):
        with time_machine.travel("2026-01-01 12:00Z"):
            line = helplines.save(
                person=operator, helpline=Helpline(country="GB", service="L"), checked_by="Op"
            )
        for day, due in (("2026-06-29 12:00Z", False), ("2026-06-30 12:00Z", True)):
            with time_machine.travel(day):
                assert (helplines.is_overdue(line), helplines.overdue()) == (due, [line] if due else [])

    def test_is_the_operators_alone(self, operator):
        person = Person.objects.create_user("x@x.example")
        line = helplines.save(person=operator, helpline=Helpline(country="GB", service="L"), checked_by="Op")
        with pytest.raises(NotAllowed):
            helplines.save(person=person, helpline=line, checked_by="X")
        with pytest.raises(NotAllowed):
            helplines.remove(person=person, helpline=line)
        helplines.remove(person=operator, helpline=line)
        assert Helpline.objects.count() == 0

    def test_the_note_comes_with_the_line(self):
        helplines.offer(country="NG")
        assert "two pages" in helplines.note(Helpline.objects.get(service="SURPIN"))
        assert helplines.note(Helpline(country="NG", service="Another")) == ""


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("116 123", "116123"),
        ("1-833-852-6262", "18338526262"),
        ("988, call or text", "988"),
        ("1300 11 HOPE", ""),
        ("112 or 999", ""),
        ("", ""),
    ],
)
def test_what_a_phone_dials(number, dialled):
    assert helplines.dial(Helpline(number=number)) == dialled


def test_countries_have_names_and_what_is_none_keeps_its_letters():
    names = [countries.country_name(code) for code in ("GB", "ZZ", "XX")]
    assert names == ["United Kingdom", "Elsewhere", "XX"]
    assert countries.choices()[:2] == [("AF", "Afghanistan"), ("AL", "Albania")]
    assert len(countries.choices()) == len(set(countries.choices())) == 212
