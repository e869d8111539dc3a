"""No more e-mail: a button for people, one click for mail programs, nothing for scanners."""

from __future__ import annotations

import pytest
from django.test import Client

from beside.space.models import Guest
from beside.space.verbs.unsubscribe import unsubscribe_token

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def page(place) -> str:
    return f"/unsubscribe/{unsubscribe_token(who=place.guest)}/"


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def notices(place) -> str:
    return Guest.objects.get(pk=place.guest.pk).notices


def test_a_scanner_that_opens_the_link_ends_nothing(strict, place, page):
    answers = [strict.get(page) for _ in range(5)] + [strict.head(page)]
    assert {answer.status_code for answer in answers} == {200}
    assert notices(place) == "at_once"
    assert b"<button>Send me no more e-mail</button>" in answers[0].content


def test_the_button_ends_the_mail(strict, place, page):
    token = strict.get(page).context["csrf_token"]
    answer = strict.post(page, {"csrfmiddlewaretoken": str(token)})
    assert answer.status_code == 200
    assert b"You get no more e-mail" in answer.content
    assert notices(place) == "never"


def test_one_click_of_a_mail_program_needs_no_page_before(strict, place, page):
    answer = strict.post(page, ONE_CLICK)
    assert (answer.status_code, answer.content) == (204, b"")
    assert notices(place) == "never"
    assert strict.post(page, ONE_CLICK).status_code == 204


@pytest.mark.parametrize("sent", [{}, {"List-Unsubscribe": "Two-Click"}, {"list-unsubscribe": "One-Click"}])
def test_any_other_post_from_elsewhere_is_refused(strict, place, page, sent):
    assert strict.post(page, sent).status_code == 403
    assert notices(place) == "at_once"


def test_what_is_nobodys_link_is_not_there(strict, place):
    nobody = "/unsubscribe/" + "0" * 64 + "/"
    assert strict.get(nobody).status_code == 404
    assert strict.post(nobody, ONE_CLICK).status_code == 404
    assert notices(place) == "at_once"


def test_only_these_methods(strict, page):
    assert [getattr(strict, method)(page).status_code for method in ("put", "patch", "delete")] == [405] * 3
