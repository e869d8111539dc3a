"""Pages for everybody."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from beside.space.models import Complaint, Helpline, Installation, Outbox
from beside.space.verbs import receive

pytestmark = pytest.mark.django_db
REPORT = "/report/"


def line(country: str, service: str, checked: bool = True, **fields: object) -> None:
    checked_on = date(2026, 3, 1) if checked else None
    Helpline.objects.create(country=country, service=service, checked_on=checked_on, **fields)


def text(client, name: str, **data: str) -> str:
    response = client.get(reverse(name), data)
    assert response.status_code == 200
    return response.content.decode()


class TestHelp:
    def test_shows_only_what_was_checked_and_when(self, installation, client):
        line("GB", "Samaritans", number="116 123", is_crisis=True)
        line("GB", "Unchecked", checked=False, number="1", is_crisis=True)
        html = text(client, "help")
        assert ("Samaritans" in html, "Unchecked" in html) == (True, False)
        assert ('href="tel:116123"' in html, 'datetime="2026-03-01"' in html) == (True, True)

    def test_comes_first_for_now_then_for_later(self, installation, client):
        line("GB", "Sands", number="1")
        line("GB", "Samaritans", number="2", is_crisis=True)
        html = text(client, "help")
        assert html.index("Samaritans") < html.index("Sands")

    def test_the_reader_picks_the_country(self, installation, client):
        line("GB", "Samaritans", number="1", is_crisis=True)
        line("IE", "Pieta", number="2", is_crisis=True)
        html = text(client, "help", country="IE")
        assert ("Pieta" in html, "Samaritans" in html) == (True, False)
        assert '<option value="IE" selected>Ireland</option>' in html

    def test_a_country_without_any_is_told_so_and_shown_what_helps_everywhere(self, installation, client):
        line("ZZ", "Befrienders", address="befrienders.org", is_crisis=True)
        html = text(client, "help", country="FR")
        assert ("No helpline has been checked for France yet." in html, "Befrienders" in html) == (True, True)

    def test_without_any_line_it_is_honest(self, installation, client):
        html = text(client, "help", country="<script>")
        assert ("No helpline has been checked for this country yet." in html, "<script>" in html) == (
            True,
            False,
        )


class TestRules:
    def test_the_usual_ones_stand_until_the_operator_writes_some(self, installation, client):
        assert "Send support, or keep quiet." in text(client, "house_rules")
        Installation.objects.update(house_rules="Be <gentle>.")
        html = text(client, "house_rules")
        assert ("Be &lt;gentle&gt;." in html, "Send support, or keep quiet." in html) == (True, False)


def test_privacy_names_the_operators_times_and_contact(installation, client):
    Installation.objects.update(keep_declined_days=91, keep_held_days=92, keep_audit_days=93, grace_days=1)
    html = text(client, "privacy")
    for shown in ("91 days", "92 days", "93 days", "1 day", "contact@operator.example"):
        assert shown in html


class TestReport:
    def test_comes_from_anybody_and_is_told_to_the_operator(self, installation, client):
        response = client.post(REPORT, {"text": "Please look.", "reply_to": "me@x.example"})
        assert response.url == reverse("reported")
        made = Complaint.objects.get()
        assert (made.text, made.reply_to) == ("Please look.", "me@x.example")
        assert Outbox.objects.get().kind == "complaint"
        assert "It was received" in text(client, "reported")

    def test_keeps_what_it_is_about(self, place, client):
        message = receive.receive(guest=place.guest, text="I am so sorry for your loss.")
        html = text(client, "report", message=str(message.pk))
        assert f'value="{message.pk}"' in html
        client.post(REPORT, {"text": "Please look.", "message": str(message.pk)})
        assert Complaint.objects.get().about_message == message.pk

    def test_tells_nobody_what_exists(self, place, client):
        message = receive.receive(guest=place.guest, text="I am so sorry for your loss.")
        answers = [
            client.post(REPORT, {"text": "Please look.", "message": about})
            for about in (str(message.pk), str(uuid4()), "nonsense")
        ]
        assert {(one.status_code, one.url) for one in answers} == {(302, reverse("reported"))}

    def test_without_words_says_so_beside_the_field(self, installation, client):
        response = client.post(REPORT, {"text": " "})
        assert (response.status_code, "id_text_error" in response.content.decode()) == (200, True)
        assert Complaint.objects.count() == 0

    def test_is_limited_and_keeps_the_words(self, installation, client):
        answers = [client.post(REPORT, {"text": "Please look."}) for _ in range(6)]
        assert [one.status_code for one in answers] == [302] * 5 + [429]
        assert (answers[-1]["Retry-After"], "Please look." in answers[-1].content.decode()) == ("1200", True)
        assert Complaint.objects.count() == 5
