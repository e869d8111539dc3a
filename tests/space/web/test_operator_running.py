"""The operator's pages while the place runs."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from beside.space.models import AuditEntry, Complaint, Fate, Helpline, Installation, Message, Person, Space
from beside.space.verbs import complain, oversight, receive
from beside.space.verbs.objections import object_to
from beside.space.web import operators

KIND = "I am so sorry for your loss. Holding you both in my heart."
BLOW = "At least it was early, you can try again."
INSULT = "You stupid attention seeking cow"
REASON = "Somebody reported a threat."

pytestmark = pytest.mark.django_db


def page(client, name: str, *args: object, **data: object) -> str:
    response = client.get(reverse(name, args=args), data)
    assert response.status_code == 200
    return response.content.decode()


def waited(message: Message, hours: int = 73) -> None:
    then = timezone.now() - timedelta(hours=hours)
    Fate.objects.filter(message=message).update(decided_at=then)
    Message.objects.filter(pk=message.pk).update(received_at=then)


class TestHome:
    def test_is_quiet_when_all_is_well(self, place, as_operator):
        line = {"country": "GB", "service": "L", "is_crisis": True, "checked_on": timezone.localdate()}
        Helpline.objects.create(**line)
        assert 'class="care"' not in page(as_operator, "operator_home")

    def test_warns_of_what_needs_somebody(self, place, as_operator):
        Helpline.objects.create(
            country="GB", service="L", checked_on=timezone.localdate() - timedelta(days=181), is_crisis=False
        )
        complain.complain(text="Please look.")
        place.host.wants_erasure = timezone.now() - timedelta(days=31)
        place.host.save()
        html = page(as_operator, "operator_home")
        for warning in (
            "No line for somebody in danger is checked for United Kingdom",
            "Some helplines were checked more than 180 days ago",
            "Somebody has reported something",
            "Something waits that nobody else may decide",
        ):
            assert warning in html


class TestSettings:
    def test_house_rules_are_shown_to_everybody(self, as_operator, client):
        as_operator.post(reverse("operator_house_rules"), {"house_rules": "Be gentle here."})
        assert "Be gentle here." in page(client, "house_rules")

    def test_retention(self, as_operator):
        given = {"keep_declined_days": 90, "keep_held_days": 100, "keep_audit_days": 365, "grace_days": 0}
        as_operator.post(reverse("operator_retention"), given)
        place = Installation.objects.get()
        assert {name: getattr(place, name) for name in given} == given
        response = as_operator.post(reverse("operator_retention"), {**given, "keep_held_days": 0})
        assert "errorlist" in response.content.decode()

    @pytest.mark.parametrize(("given", "on"), [({"quick_exit": "on"}, True), ({}, False)])
    def test_quick_exit(self, as_operator, given, on):
        Installation.objects.update(quick_exit=not on)
        as_operator.post(reverse("operator_quick_exit"), given)
        assert Installation.objects.get().quick_exit is on

    def test_who_may_open_spaces(self, as_operator):
        address = reverse("operator_opening")
        as_operator.post(address, {"email": "Mira@host.example"})
        mira = Person.objects.get(email="mira@host.example")
        assert mira.may_open_spaces is True
        assert "mira@host.example" in page(as_operator, "operator_opening")
        as_operator.post(reverse("operator_stop_opening", args=[mira.pk]))
        as_operator.post(address, {"anyone_may_open": "yes"})
        mira.refresh_from_db()
        assert (mira.may_open_spaces, Installation.objects.get().anyone_may_open) == (False, True)


class TestReports:
    def test_are_read_taken_down_and_closed(self, place, as_operator):
        message = receive.receive(guest=place.guest, text=KIND)
        made = complain.complain(text="Please look.", reply_to="me@x.example", about_message=message.pk)
        html = page(as_operator, "operator_complaint", made.pk)
        assert ("Please look." in html, "me@x.example" in html, "Holding you both" in html) == (
            True,
            True,
            False,
        )
        as_operator.post(reverse("operator_take_down", args=[made.pk]))
        assert message.fates.get().state == "declined"
        as_operator.post(reverse("operator_complaint", args=[made.pk]), {"outcome": "Spoken with them."})
        assert Complaint.objects.get().closed_at is not None
        assert "Spoken with them." in page(as_operator, "operator_taken_down")
        assert f"Report {made.pk}" in page(as_operator, "operator_complaints")

    def test_what_was_taken_down_says_so_when_it_is_shared_again(self, place, operator, as_host):
        made = complain.complain(text="Please look.", about_update=place.update.pk)
        complain.take_down(person=operator, complaint=made)
        address = reverse("host_share", args=[place.space.pk, place.update.pk])
        response = as_host.post(address, {"audience": "guests", "when": "now"})
        assert "has taken this down" in response.content.decode()
        place.update.refresh_from_db()
        assert place.update.published_at is None

    def test_in_general_have_nothing_to_take_down(self, as_operator):
        made = complain.complain(text="In general")
        assert "Take it down" not in page(as_operator, "operator_complaint", made.pk)
        response = as_operator.post(reverse("operator_take_down", args=[made.pk]), follow=True)
        assert "That is not possible." in response.content.decode()


class TestSpaces:
    def test_one_is_found_by_its_host_and_there_is_no_list(self, place, other, as_operator):
        address = reverse("operator_spaces")
        assert str(place.space.pk) not in page(as_operator, "operator_spaces")
        found = as_operator.post(address, {"text": "ada@host.example"})
        assert found.url == reverse("operator_space", args=[place.space.pk])
        nothing = as_operator.post(address, {"text": "nobody@host.example"}).content.decode()
        assert "There is no such space." in nothing

    def test_from_outside_nothing_of_its_words_is_seen(self, place, as_operator):
        receive.receive(guest=place.guest, text=KIND)
        html = page(as_operator, "operator_space", place.space.pk)
        for word in ("We lost", "Holding you", "Tomasz", "Ada"):
            assert word not in html

    def test_a_look_needs_a_reason_which_is_recorded(self, place, as_operator):
        receive.receive(guest=place.guest, text=KIND)
        address = reverse("operator_look", args=[place.space.pk])
        for response in (as_operator.get(address), as_operator.post(address, {"reason": "x"})):
            assert "We lost our daughter" not in response.content.decode()
        assert oversight.looks(space=place.space).count() == 0
        html = as_operator.post(address, {"reason": REASON}).content.decode()
        assert ("We lost our daughter" in html, "Holding you both" in html) == (True, True)
        assert oversight.looks(space=place.space).get().reason == REASON
        assert REASON in page(as_operator, "operator_space", place.space.pk)

    def test_coming_back_needs_a_new_one(self, place, as_operator):
        address = reverse("operator_look", args=[place.space.pk])
        as_operator.post(address, {"reason": REASON})
        assert "We lost our daughter" not in as_operator.get(address).content.decode()

    def test_evidence_comes_as_a_file_after_a_reason(self, place, as_operator):
        receive.receive(guest=place.guest, text=INSULT)
        address = reverse("operator_evidence", args=[place.space.pk])
        given = {"host": place.host.pk, "reason": "Asked by telephone, case 12"}
        response = as_operator.post(address, given)
        assert response["Content-Disposition"].startswith("attachment")
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            assert INSULT in archive.read("messages.jsonl").decode()
        assert "errorlist" in as_operator.post(address, {**given, "reason": "x"}).content.decode()
        assert "errorlist" in as_operator.post(address, {**given, "host": 999}).content.decode()

    def test_evidence_of_a_sender_elsewhere_is_not_there(self, place, other, as_operator):
        address = reverse("operator_evidence", args=[place.space.pk])
        given = {"host": place.host.pk, "reason": "Asked by telephone", "sender": other.guest.pk}
        assert as_operator.post(address, given).status_code == 404

    def test_the_log_can_be_read_by_space_and_page_and_holds_no_text(
        self, place, other, as_operator, monkeypatch
    ):
        receive.receive(guest=place.guest, text=BLOW)
        html = page(as_operator, "operator_log", space=str(place.space.pk))
        assert (str(place.space.pk) in html, str(other.space.pk) in html, BLOW in html) == (
            True,
            False,
            False,
        )
        assert str(other.space.pk) in page(as_operator, "operator_log", space="nonsense")
        monkeypatch.setattr("beside.space.web.operator_spaces._PAGE", 2)
        newest = AuditEntry.objects.order_by("-pk")[1].pk
        assert f"before={newest}" in page(as_operator, "operator_log")
        assert f"before={newest}" not in page(as_operator, "operator_log", before=str(newest))


class TestWaiting:
    def test_an_objection_is_listed_without_text_then_read_and_settled(self, place, as_operator):
        message = receive.receive(guest=place.guest, text=INSULT)
        objection = object_to(message=message, guest=place.guest, why="I meant my sister.")
        place.moderator.ended_at = timezone.now()
        place.moderator.save()
        assert "sister" not in page(as_operator, "operator_waiting")
        address = reverse("operator_objection", args=[objection.pk])
        assert "I meant my sister." in as_operator.post(address).content.decode()
        assert AuditEntry.objects.filter(action=oversight.READ).count() == 1
        as_operator.post(address, {"uphold": "yes"})
        assert message.fates.get().state == "delivered"

    def test_an_objection_that_a_friend_may_settle_is_not_theirs(self, place, as_operator):
        message = receive.receive(guest=place.guest, text=INSULT)
        objection = object_to(message=message, guest=place.guest, why="")
        address = reverse("operator_objection", args=[objection.pk])
        for given in ({}, {"uphold": "yes"}):
            assert as_operator.post(address, given).status_code == 404
        assert message.fates.get().state == "declined"

    def test_a_message_left_waiting_is_read_and_decided(self, place, as_operator):
        Space.objects.update(volunteer_allowed=True)
        message = receive.receive(guest=place.guest, text=BLOW)
        waited(message)
        assert "At least it was" not in page(as_operator, "operator_waiting")
        address = reverse("operator_left_waiting", args=[message.pk])
        html = as_operator.post(address).content.decode()
        assert f"<mark>{BLOW}</mark>" in html
        assert AuditEntry.objects.filter(action=oversight.READ).count() == 1
        fate = message.fates.get()
        as_operator.post(
            address, {"outcome": "rephrase", "seen": f"{fate.pk}:{fate.revision}", "reason": "other"}
        )
        assert message.fates.get().state == "returned"

    def test_one_that_is_not_theirs_to_read_is_not_there(self, place, as_operator):
        message = receive.receive(guest=place.guest, text=BLOW)
        waited(message)
        response = as_operator.post(reverse("operator_left_waiting", args=[message.pk]))
        assert response.status_code == 404
        assert AuditEntry.objects.filter(action=oversight.READ).count() == 0

    def test_an_erasure_is_planned_after_asking_once_more(self, place, as_operator):
        address = reverse("operator_erasure", args=[place.space.pk])
        assert (as_operator.get(address).status_code, as_operator.post(address).status_code) == (404, 404)
        place.host.wants_erasure = timezone.now() - timedelta(days=31)
        place.host.save()
        assert str(place.space.pk) in page(as_operator, "operator_waiting")
        assert "Plan the erasure" in as_operator.get(address).content.decode()
        as_operator.post(address)
        place.space.refresh_from_db()
        assert place.space.erase_after is not None


def test_every_route_is_closed_to_everybody_else(place, as_operator, as_host, as_moderator, as_guest, client):
    made = complain.complain(text="Please look.", about_update=place.update.pk)
    objection = object_to(
        message=receive.receive(guest=place.guest, text=INSULT), guest=place.guest, why="Why?"
    )
    values = {
        "space_id": place.space.pk,
        "complaint_id": made.pk,
        "objection_id": objection.pk,
        "message_id": objection.message_id,
        "person_id": place.host.person.pk,
        "helpline_id": Helpline.objects.create(country="GB", service="L").pk,
        "country": "GB",
    }
    for route in operators.urlpatterns:
        wanted = get_resolver().reverse_dict.getlist(route.name)[0][0][0][1]
        address = reverse(route.name, kwargs={name: values[name] for name in wanted})
        for person in (as_host, as_moderator, as_guest, client):
            for response in (
                person.get(address),
                person.post(address, {"uphold": "yes", "outcome": "deliver"}),
            ):
                signing_in = response.status_code == 302 and response.url.startswith(reverse("account_login"))
                assert signing_in or response.status_code in (404, 405), (route.name, response.status_code)
    assert (Person.objects.get(pk=place.host.person.pk).may_open_spaces, Helpline.objects.count()) == (
        True,
        1,
    )


def test_somebody_named_by_address_can_sign_in_and_open(as_operator, client, mailoutbox):
    as_operator.post(reverse("operator_opening"), {"email": "mira@host.example"})
    asked = client.post(reverse("account_request_login_code"), {"email": "mira@host.example"})
    code = next(line for line in mailoutbox[0].body.splitlines() if line.isupper() and " " not in line)
    client.post(asked.url, {"code": code})
    assert "Open a space" in page(client, "home")
