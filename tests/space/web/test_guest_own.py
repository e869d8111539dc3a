"""What a guest can see, change, take back, contest and erase: their own, and nobody else's."""

from __future__ import annotations

import html
import re
from uuid import uuid4

import pytest
from django.utils import timezone

from beside.space.models import Guest, Limit, Message, Objection, Version
from beside.space.verbs import inbox, let_in, receive, review

KIND = "I am so sorry. We are thinking of you."
HURT = "At least it was early."


def _text(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def _write(place, text=KIND, guest=None, **facts) -> Message:
    return receive.receive(guest=guest or place.guest, update=place.update, text=text, **facts)


def _own(place, message, page="") -> str:
    return f"/g/{place.space.pk}/mine/{message.pk}/{page}"


def _decide(place, message, outcome) -> None:
    seen = {fate.pk: fate.revision for fate in message.fates.all()}
    review.settle_held(moderator=place.moderator, message=message, outcome=outcome, seen=seen)


@pytest.mark.django_db
def test_the_list_says_where_everything_is(place, other, as_guest):
    bea, _ = let_in.invite(host=place.host, name="Bea")
    _write(place, "Words of Bea, so sorry for your loss", guest=bea)
    _write(other)
    _write(place)
    _write(place, HURT)
    _write(place, "", kind="candle")
    words = _text(as_guest.get(f"/g/{place.space.pk}/mine/"))
    assert words.index("A candle") < words.index(HURT) < words.index(KIND)
    assert words.count("It has arrived. Ada can read it whenever the time is right.") == 2
    assert "It has not been shown to Ada." in words
    assert "Bea" not in words


@pytest.mark.django_db
def test_one_of_them_shows_its_words_and_what_came_back(place, as_guest):
    message = _write(place, f"{KIND} {HURT}")
    marked = re.findall(r"<mark>(.*?)</mark>", as_guest.get(_own(place, message)).content.decode())
    assert [words.rstrip(".") for words in marked] == ["At least it was early"]
    kind = _write(place)
    inbox.answer(host=place.host, message=kind, body="Thank you, Tomasz.")
    inbox.heart(host=place.host, message=kind)
    words = _text(as_guest.get(_own(place, kind)))
    assert ("From Ada" in words, "Thank you, Tomasz." in words, "A heart for what you sent" in words) == (
        True,
    ) * 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("take", "said"), [(True, "It is gladly taken."), (False, "It is not needed just now.")]
)
def test_an_offer_says_whether_it_is_wanted(place, as_guest, take, said):
    offer = _write(place, "I will bring soup to your door.", kind="offer", help_on=timezone.localdate())
    words = _text(as_guest.get(_own(place, offer)))
    assert ("gladly" in words, "not needed" in words) == (False, False)
    inbox.answer_offer(host=place.host, message=offer, take=take)
    assert said in _text(as_guest.get(_own(place, offer)))


@pytest.mark.django_db
def test_changed_words_are_read_again_and_nudged_too(place, as_guest):
    message = _write(place, HURT)
    nudged = as_guest.post(_own(place, message, "change/"), {"text": "Everything happens for a reason."})
    assert "Words that explain a loss often hurt more than they help." in _text(nudged)
    assert f'action="{_own(place, message, "change/")}"' in nudged.content.decode()
    assert Version.objects.count() == 1
    changed = as_guest.post(_own(place, message, "change/"), {"text": KIND})
    assert changed.url == f"/g/{place.space.pk}/sent/{message.pk}/"
    assert [version.body for version in message.versions.all()] == [HURT, KIND]
    assert message.fates.get().state == "delivered"


@pytest.mark.django_db
def test_changed_words_may_go_to_a_friend_first(place, as_guest):
    message = _write(place)
    as_guest.post(_own(place, message, "change/"), {"text": KIND + " Much love.", "choice": "friend"})
    message.refresh_from_db()
    assert (message.to_friend_first, message.fates.get().codes) == (True, ["asked"])


@pytest.mark.django_db
def test_what_was_declined_or_taken_back_cannot_be_changed(place, as_guest):
    declined, gone = _write(place, "You are stupid"), _write(place)
    receive.take_back(message=gone, guest=place.guest)
    for message in (declined, gone):
        page = as_guest.get(_own(place, message)).content.decode()
        assert "/change/" not in page
        as_guest.post(_own(place, message, "change/"), {"text": KIND})
        assert message.versions.count() == 1


@pytest.mark.django_db
def test_taken_back_it_is_gone_for_everybody(place, as_guest):
    message = _write(place)
    for _ in range(2):
        page = as_guest.post(_own(place, message, "withdraw/"), follow=True)
        assert "You took it back. Nobody sees it any more." in _text(page)
    assert "<form" not in page.content.decode().split("<main")[1]
    assert message.fates.get().state == "withdrawn"


@pytest.mark.django_db
def test_an_objection_goes_to_somebody_else(place, as_guest):
    message = _write(place, HURT)
    _decide(place, message, "decline")
    page = as_guest.post(_own(place, message, "object/"), {"why": "She says it herself."}, follow=True)
    assert "You asked for another look." in _text(page)
    objection = Objection.objects.get()
    assert (objection.why, objection.against) == ("She says it herself.", place.moderator.person)
    assert as_guest.post(_own(place, message, "object/"), {"why": "Again"}).status_code == 404
    assert Objection.objects.count() == 1


@pytest.mark.django_db
def test_what_looks_arrived_shows_the_way_to_whoever_runs_the_place(place, as_guest):
    message = _write(place)
    page = as_guest.get(_own(place, message)).content.decode()
    assert f'<a href="/report/?message={message.pk}">write to whoever runs this place</a>' in page
    assert "/object/" not in page
    assert as_guest.post(_own(place, _write(place), "object/"), {"why": ""}).status_code == 404


@pytest.mark.django_db
def test_what_is_somebody_elses_is_not_there(place, other, as_guest):
    bea, _ = let_in.invite(host=place.host, name="Bea")
    theirs = [_write(place, HURT, guest=bea), _write(other, HURT)]
    missing = as_guest.get(f"/g/{place.space.pk}/mine/{uuid4()}/")
    for message in theirs:
        shown = as_guest.get(_own(place, message))
        assert (shown.status_code, shown.content) == (404, missing.content)
        for page in ("change/", "withdraw/", "object/"):
            assert as_guest.post(_own(place, message, page), {"text": KIND, "why": "x"}).status_code == 404
    assert [message.versions.count() for message in theirs] == [1, 1]
    assert {fate.state for message in theirs for fate in message.fates.all()} == {"held"}


@pytest.mark.django_db
def test_settings_are_kept_and_a_hurtful_name_is_not(place, as_guest):
    url = f"/g/{place.space.pk}/settings/"
    as_guest.post(url, {"name": "Tom", "country": "IE", "notices": "weekly"})
    guest = Guest.objects.get(pk=place.guest.pk)
    assert (guest.name, guest.country, guest.notices) == ("Tom", "IE", "weekly")
    refused = as_guest.post(url, {"name": "Stupid cow", "country": "FR", "notices": "never"})
    assert "Please write the name that people here know you by." in _text(refused)
    guest.refresh_from_db()
    assert (guest.name, guest.country, guest.notices) == ("Tom", "IE", "weekly")
    assert "Please choose one of what stands there" in _text(
        as_guest.post(url, {"name": "Tom", "country": "??", "notices": "never"})
    )


@pytest.mark.django_db
def test_without_an_address_there_is_nothing_to_choose_about_mail(place, as_guest):
    guest = Guest.objects.get(pk=place.guest.pk)
    guest.email = ""
    guest.save()
    page = as_guest.get(f"/g/{place.space.pk}/settings/").content.decode()
    assert ('name="notices"' in page, "no address of yours is known here" in page) == (False, True)
    as_guest.post(f"/g/{place.space.pk}/settings/", {"name": "Tom", "country": ""})
    assert Guest.objects.get(pk=place.guest.pk).name == "Tom"


@pytest.mark.django_db
def test_a_blocked_guest_keeps_the_rights_and_not_the_name(place, as_guest):
    declined, kind = _write(place, "You are stupid"), _write(place)
    Guest.objects.filter(pk=place.guest.pk).update(blocked_at=timezone.now())
    as_guest.post(f"/g/{place.space.pk}/settings/", {"name": "Tom", "country": "IE", "notices": "never"})
    guest = Guest.objects.get(pk=place.guest.pk)
    assert (guest.name, guest.country) == ("Tomasz", "IE")
    assert "/change/" not in as_guest.get(_own(place, kind)).content.decode()
    as_guest.post(_own(place, declined, "object/"), {"why": ""})
    as_guest.post(_own(place, kind, "withdraw/"))
    assert (Objection.objects.get().message, kind.fates.get().state) == (declined, "withdrawn")


@pytest.mark.django_db
def test_leaving_is_told_and_the_way_back_is_gone(place, as_guest):
    message = _write(place)
    page = as_guest.post(f"/g/{place.space.pk}/leave/", follow=True)
    assert "You have left. Your link leads nowhere any more." in _text(page)
    assert as_guest.get(f"/g/{place.space.pk}/").status_code == 404
    assert as_guest.get(f"/in/{place.token}/").status_code == 404
    assert Message.objects.get() == message


@pytest.mark.django_db
def test_everything_is_erased_after_asking_once(place, other, as_guest):
    _write(place)
    kept = _write(other)
    asked = as_guest.get(f"/g/{place.space.pk}/mine/erase/")
    assert ("It cannot be undone." in _text(asked), Message.objects.count()) == (True, 2)
    page = as_guest.post(f"/g/{place.space.pk}/mine/erase/", follow=True)
    assert "Everything of yours is erased here." in _text(page)
    assert (list(Message.objects.all()), list(Guest.objects.all())) == ([kept], [other.guest])
    assert as_guest.get(f"/g/{place.space.pk}/").status_code == 404


@pytest.mark.django_db
def test_a_name_is_asked_of_the_gate_only_so_often(place, as_guest):
    as_guest.post(f"/g/{place.space.pk}/settings/", {"name": "Tom", "country": "", "notices": "never"})
    Limit.objects.filter(what="name").update(left=0)
    as_guest.post(f"/g/{place.space.pk}/settings/", {"name": "Thomas", "country": "", "notices": "never"})
    assert Guest.objects.get(pk=place.guest.pk).name == "Tom"
