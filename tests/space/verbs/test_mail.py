"""What is in a mail, and what never is (P6)."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils import translation

from beside.space.models import Installation, Outbox
from beside.space.verbs import mail, notify, open_space, receive, review, second_host, share
from beside.space.verbs.mail import letter
from beside.space.verbs.unsubscribe import who_by

pytestmark = pytest.mark.django_db
BABY, UPDATE, MESSAGE, DATES, TITLE = (
    "Noorsentinel",
    "updatesentinel",
    "msgsentinel",
    "datesentinel",
    "titlesentinel",
)
KINDS = {
    "guest_invited",
    "moderator_asked",
    "host_invited",
    "update_shared",
    "sender_told",
    "arrived",
    "waiting",
    "digest_reminder",
    "urgent",
    "answered",
    "host_in_danger",
    "erasure_asked",
    "erasure_planned",
    "friends_gone",
}


@pytest.fixture
def post(place, settings):
    """A mail of every kind, as the place itself writes them, around words that must not be in them."""
    settings.BESIDE_URL = "https://place.example"
    space, host, guest = place.space, place.host, place.guest
    space.baby_name, space.dates, space.title = BABY, DATES, TITLE
    space.save()
    Installation.objects.update(name="Beside")
    open_space.ask_moderator(host=host, name="Second", email="second@mod.example")
    second_host.ask(host=host, name="Ben", email="ben@host.example")
    update = share.draft(host=host, body=f"{UPDATE} {BABY} was born and died.")
    share.publish(host=host, update=update, audience="guests")
    receive.receive(
        guest=guest, text=f"I am so sorry for your loss. I am thinking of you and {BABY}. {MESSAGE}"
    )
    held = receive.receive(guest=guest, text=f"At least it was early, {MESSAGE} {BABY}")
    receive.receive(guest=guest, text=f"I want to kill myself, I cannot go on {MESSAGE}")
    review.settle_held(
        moderator=place.moderator,
        message=held,
        outcome="decline",
        seen={fate.pk: fate.revision for fate in held.fates.all()},
    )
    person = {"person": place.moderator.person.pk}
    notify.enqueue(kind="digest_reminder", key="r", to="a@mod.example", space=space, about=person)
    notify.answered(message=held, what="answer")
    host.alert_name, host.alert_email = "Cas", "cas@friend.example"
    host.save()
    notify.named_told(host=host, update=update)
    for kind in ("erasure_asked", "erasure_planned", "friends_gone"):
        notify.hosts_told(kind=kind, space=space)
    return {row.kind: letter(row=row) for row in Outbox.objects.select_related("space").order_by("pk")}


def source(found) -> str:
    return found.message().as_string()


def test_there_is_a_mail_of_every_kind(post):
    assert set(post) == KINDS
    assert KINDS | {"erased", "complaint"} == set(mail._SUBJECTS)


def test_no_mail_holds_a_word_of_the_space_or_the_name_of_the_baby(post):
    said = "\n".join(found.body + str(found.subject) + source(found) for found in post.values())
    for secret in (BABY, UPDATE, MESSAGE, DATES, TITLE):
        assert secret.lower() not in said.lower()


def test_no_subject_says_what_it_is_about(post):
    for found in post.values():
        for word in ("loss", "baby", "grief", "died", "death", "beside", "ada", "space", "moderat"):
            assert word not in str(found.subject).lower()


def test_no_mail_shouts_counts_or_marks_up(post):
    for found in post.values():
        assert "!" not in found.body
        assert "&#" not in found.body
        assert "<" not in found.body
        assert "moderator" not in found.body.lower()


def test_the_mails_that_ask_somebody_in_name_the_host_and_no_other_does(post):
    named = {kind for kind, found in post.items() if "Ada" in found.body}
    assert named == {"guest_invited", "moderator_asked", "host_invited", "answered", "host_in_danger"}


def test_every_link_leads_to_a_page_of_this_place(post):
    for kind, found in post.items():
        links = [word for word in found.body.split() if "://" in word]
        assert links, kind
        for link in links:
            parts = urlsplit(link)
            assert (parts.scheme, parts.netloc) == ("https", "place.example")
            assert resolve(parts.path).url_name


def test_the_links_that_let_somebody_in_hold_the_token(post, place):
    assert f"https://place.example/in/{place.token}/" in post["guest_invited"].body
    asked = Outbox.objects.filter(kind="moderator_asked").latest("pk").to.partition("\n")[2]
    assert asked
    assert f"/{asked}/" in post["moderator_asked"].body


def test_whoever_may_unsubscribe_can_with_one_click(post, place):
    for kind, who in (
        ("update_shared", place.guest),
        ("sender_told", place.guest),
        ("guest_invited", place.guest),
        ("arrived", place.host.person),
        ("waiting", place.moderator.person),
        ("digest_reminder", place.moderator.person),
    ):
        headers = post[kind].extra_headers
        link = headers["List-Unsubscribe"]
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert link.startswith("<https://place.example/unsubscribe/")
        assert link.strip("<>") in post[kind].body
        assert who_by(token=link.rstrip("/>").rpartition("/")[2]) == who


@pytest.mark.parametrize("kind", ["urgent", "moderator_asked", "host_invited", "host_in_danger"])
def test_what_comes_once_or_in_danger_has_no_such_link(post, kind):
    assert "List-Unsubscribe" not in post[kind].extra_headers
    assert "unsubscribe" not in post[kind].body


def test_an_update_without_a_name_is_told_of_without_one(place):
    update = share.draft(host=place.host, body="Not under my name")
    share.publish(host=place.host, update=update, audience="guests", anonymous=True)
    row = Outbox.objects.get(key=f"update_shared:{update.pk}:{place.guest.pk}")
    assert "Ada" not in source(letter(row=row))


def test_a_name_stays_on_one_line_and_as_it_was_typed(place):
    place.host.name = "Ada\r\nBcc: all@example.org\n\nO'Brien & <b>"
    place.host.save()
    found = letter(row=Outbox.objects.get(kind="guest_invited"))
    assert "Ada Bcc: all@example.org O'Brien & <b> would like you" in found.body
    assert "\nBcc:" not in source(found)
    assert found.recipients() == ["tomasz-ada@guest.example"]


def test_a_mail_is_in_the_language_of_whoever_gets_it(place, monkeypatch):
    person = place.host.person
    person.language = "ar"
    person.save()
    spoken = []
    plain = mail.render_to_string
    monkeypatch.setattr(
        mail, "render_to_string", lambda *given: spoken.append(translation.get_language()) or plain(*given)
    )
    receive.receive(guest=place.guest, text="I am so sorry for your loss. I am thinking of you.")
    letter(row=Outbox.objects.get(kind="arrived"))
    letter(row=Outbox.objects.get(kind="guest_invited"))
    assert spoken == ["ar", "en"]


def test_in_a_place_where_nobody_reads_no_friend_is_promised(place):
    about = {"guest": str(place.guest.pk), "after_a_week": True}
    notify.enqueue(kind="sender_told", key="w", to="t@guest.example", space=place.space, about=about)
    row = Outbox.objects.get(key="w")
    assert "A friend reads some messages first" in letter(row=row).body
    open_space.nobody_reads(host=place.host)
    assert "nobody reads the messages that are held back" in letter(row=Outbox.objects.get(key="w")).body
