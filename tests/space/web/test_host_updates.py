"""Writing, saving, sharing: nothing is lost, nothing is shown to anybody too early."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from beside.space.models import Helpline, Person, Photo, Update
from beside.space.verbs import circles, open_space, share

pytestmark = pytest.mark.django_db

DARK = "I cannot go on any more. I want to die tonight and be with her."
HTMX = {"HX-Request": "true"}


def at(place, name, *parts):
    return reverse(f"host_{name}", args=[place.space.pk, *parts])


def text(response):
    return response.content.decode()


@pytest.fixture
def draft(place):
    return share.draft(host=place.host, body="A draft.")


@pytest.fixture
def as_second(place):
    """The other parent, signed in."""
    person = Person.objects.create_user("sam@host.example")
    open_space.add_host(space=place.space, person=person, name="Sam", by=place.host)
    client = Client()
    client.force_login(person)
    return client


def jpeg(name="noor.jpg"):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def drafts():
    return [update.body for update in Update.objects.filter(published_at=None)]


def test_saved_without_a_script(place, as_host):
    response = as_host.post(
        at(place, "write"), {"draft": "", "body": "First words.\r\nMore.", "then": "stay"}
    )
    update = Update.objects.get(published_at=None)
    assert (update.body, response["Location"]) == ("First words.\nMore.", at(place, "update", update.pk))
    assert "First words." in text(as_host.get(at(place, "edit", update.pk)))


def test_saved_by_itself_a_text_stays_one_draft(place, as_host):
    first = as_host.post(at(place, "write"), {"draft": "", "body": "First"}, headers=HTMX)
    update = Update.objects.get(published_at=None)
    assert f'id="draft" value="{update.pk}"' in text(first)
    as_host.post(at(place, "write"), {"draft": update.pk, "body": "First words"}, headers=HTMX)
    as_host.post(at(place, "write"), {"draft": update.pk, "body": "First words.", "then": "share"})
    assert drafts() == ["First words."]


def test_saved_by_itself_and_by_the_button_at_once_it_is_one_draft(place, as_host):
    named = re.search(r'id="draft" value="([^"]+)"', text(as_host.get(at(place, "write"))))[1]
    for headers in (HTMX, {}, HTMX):
        given = {"draft": named, "body": "Words.", "then": "share"}
        assert as_host.post(at(place, "write"), given, headers=headers).status_code in (200, 302)
    assert drafts() == ["Words."]
    assert as_host.post(at(place, "write"), {"draft": f"{named}x", "body": "W."}).status_code == 404


def test_a_draft_that_another_hosts_page_named_is_not_there(place, other, as_host):
    named = re.search(r'id="draft" value="([^"]+)"', text(as_host.get(at(place, "write"))))[1]
    as_host.post(at(place, "write"), {"draft": named, "body": "Mine."})
    as_host.force_login(other.host.person)
    assert as_host.post(at(other, "write"), {"draft": named, "body": "Theirs."}).status_code == 404
    assert drafts() == ["Mine."]


def test_nothing_is_saved_of_nothing(place, as_host):
    assert "<form" not in text(as_host.post(at(place, "write"), {"draft": "", "body": ""}, headers=HTMX))
    response = as_host.post(at(place, "write"), {"draft": "", "body": " \n ", "then": "stay"})
    assert (response.status_code, drafts()) == (200, [])
    assert response.context["form"].errors.keys() == {"body"}


def test_too_long_a_text_stays_on_the_page(place, as_host):
    response = as_host.post(at(place, "write"), {"draft": "", "body": "x" * 50_001, "then": "stay"})
    assert (response.status_code, "x" * 50_001 in text(response), drafts()) == (200, True, [])
    response = as_host.post(at(place, "write"), {"draft": "", "body": "x" * 50_001}, headers=HTMX)
    assert "too long" in text(response)


@pytest.mark.parametrize(("then", "route"), [("share", "share"), ("photos", "photos"), ("", "update")])
def test_where_saving_leads(place, as_host, then, route):
    response = as_host.post(at(place, "write"), {"draft": "", "body": "Words.", "then": then})
    assert response["Location"] == at(place, route, Update.objects.get(published_at=None).pk)


def test_shared_words_are_changed_only_with_a_button(place, as_host):
    page = text(as_host.get(at(place, "edit", place.update.pk)))
    assert "hx-post" not in page
    as_host.post(at(place, "edit", place.update.pk), {"body": "Other words.", "then": "stay"})
    kept = Update.objects.get(pk=place.update.pk)
    assert (kept.body, kept.edited_at is not None) == ("Other words.", True)


def test_words_sent_unchanged_are_not_edited(place, as_host):
    as_host.post(at(place, "edit", place.update.pk), {"body": place.update.body, "then": "stay"})
    assert Update.objects.get(pk=place.update.pk).edited_at is None


def test_shared_with_guests_and_read_by_them(place, as_host, draft):
    response = as_host.post(at(place, "share", draft.pk), {"audience": "guests", "when": "now"})
    assert response["Location"] == at(place, "update", draft.pk)
    assert share.may_read(update=draft, guest=place.guest)


def test_shared_with_a_circle_alone(place, as_host, draft):
    assert "circles" not in as_host.get(at(place, "share", draft.pk)).context["form"].fields
    family = circles.make(host=place.host, name="Family")
    missing = as_host.post(at(place, "share", draft.pk), {"audience": "circles", "when": "now"})
    assert (missing.status_code, "at least one circle" in text(missing)) == (200, True)
    given = {"audience": "circles", "circles": [family.pk], "when": "now"}
    as_host.post(at(place, "share", draft.pk), given)
    update = Update.objects.get(pk=draft.pk)
    assert (update.published_at is not None, list(update.circles.all())) == (True, [family])


def test_a_circle_of_another_space_is_not_taken(place, other, as_host, draft):
    circles.make(host=place.host, name="Family")
    strange = circles.make(host=other.host, name="Strange")
    given = {"audience": "circles", "circles": [strange.pk], "when": "now"}
    response = as_host.post(at(place, "share", draft.pk), given)
    assert (response.status_code, "Strange" in text(response)) == (200, False)
    assert Update.objects.get(pk=draft.pk).published_at is None


def test_replies_and_name_are_as_she_chose(place, as_host, draft):
    given = {"audience": "guests", "when": "now", "shares_replies": "on", "anonymous": "on"}
    as_host.post(at(place, "share", draft.pk), given)
    update = Update.objects.get(pk=draft.pk)
    assert (update.shares_replies, update.anonymous) == (True, True)


def test_a_link_is_shown_once(place, as_host, draft):
    page = text(as_host.post(at(place, "share", draft.pk), {"audience": "link", "when": "now"}))
    token = page.partition("/u/")[2].partition("/")[0]
    assert share.by_link(token=token) == draft
    assert token not in text(as_host.get(at(place, "update", draft.pk)))
    again = text(as_host.post(at(place, "update_link", draft.pk)))
    newer = again.partition("/u/")[2].partition("/")[0]
    assert (share.by_link(token=token), share.by_link(token=newer)) == (None, draft)


def test_later_by_her_own_clock(place, as_host, draft):
    Person.objects.filter(pk=place.host.person.pk).update(time_zone="America/New_York")
    day = timezone.localdate() + timedelta(days=40)
    given = {"audience": "guests", "when": "later", "day": day.isoformat(), "hour": "08:30"}
    as_host.post(at(place, "share", draft.pk), given)
    update = Update.objects.get(pk=draft.pk)
    assert update.published_at is None
    assert (update.publish_at.utcoffset(), update.publish_at.hour in (12, 13)) == (timedelta(0), True)
    page = as_host.get(at(place, "share", draft.pk))
    assert f'value="{day.isoformat()}"' in text(page)
    assert 'value="08:30"' in text(page)


@pytest.mark.parametrize(
    "given", [{"when": "later"}, {"when": "later", "day": "2020-01-01"}, {"when": "later", "day": "soon"}]
)
def test_a_day_that_is_none_is_asked_for_again(place, as_host, draft, given):
    response = as_host.post(at(place, "share", draft.pk), {"audience": "guests", **given})
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"day"}
    assert Update.objects.get(pk=draft.pk).publish_at is None


def test_taken_back_after_being_asked(place, as_host):
    page = as_host.get(at(place, "withdraw", place.update.pk))
    assert (page.status_code, share.may_read(update=place.update, guest=place.guest)) == (200, True)
    as_host.post(at(place, "withdraw", place.update.pk))
    assert not share.may_read(update=place.update, guest=place.guest)
    assert "Taken back" in text(as_host.get(at(place, "updates")))


def test_a_draft_is_thrown_away_after_being_asked(place, as_host, draft):
    as_host.get(at(place, "discard", draft.pk))
    assert drafts() == ["A draft."]
    as_host.post(at(place, "discard", draft.pk))
    assert drafts() == []
    assert as_host.post(at(place, "discard", place.update.pk)).status_code == 404


def test_a_photo_is_covered_in_her_words(place, as_host, draft):
    open_space.describe(host=place.host, words="name", baby_name="Noor")
    page = text(as_host.get(at(place, "photos", draft.pk)))
    assert 'value="This is Noor. Open when you like."' in page
    given = {"photo": jpeg(), "alt": "A blue square", "covered": "on", "cover_words": "Noor, asleep"}
    as_host.post(at(place, "photos", draft.pk), given)
    kept = Photo.objects.get()
    assert (kept.covered, kept.cover_words, kept.alt) == (True, "Noor, asleep", "A blue square")
    page = text(as_host.get(at(place, "update", draft.pk)))
    assert page.index("<summary>Noor, asleep</summary>") < page.index('alt="A blue square"')
    as_host.post(at(place, "photo_away", draft.pk, kept.pk))
    assert Photo.objects.count() == 0


def test_what_is_no_photo_is_refused_beside_the_field(place, as_host, draft):
    bad = SimpleUploadedFile("a.jpg", b"<svg/>", "image/jpeg")
    response = as_host.post(at(place, "photos", draft.pk), {"photo": bad, "covered": "on"})
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"photo"}
    assert Photo.objects.count() == 0


def test_help_is_shown_to_her_alone_once_it_is_shared(place, as_host, as_second, draft):
    today = timezone.localdate()
    for service, day in (("Samaritans", today), ("Unchecked", None)):
        Helpline.objects.create(country="GB", service=service, number="1", is_crisis=True, checked_on=day)
    share.draft(host=place.host, body=DARK, update=draft)
    assert "This is for you alone" not in text(as_host.get(at(place, "update", draft.pk)))
    share.publish(host=place.host, update=draft, audience="only_me")
    assert "This is for you alone" not in text(as_host.get(at(place, "update", draft.pk)))
    share.publish(host=place.host, update=draft, audience="guests")
    page = text(as_host.get(at(place, "update", draft.pk)))
    assert ("This is for you alone" in page, "Samaritans" in page, "Unchecked" in page) == (True, True, False)
    assert "nobody is told" in page
    theirs = text(as_second.get(at(place, "update", draft.pk)))
    assert (DARK in theirs, "This is for you alone" in theirs) == (True, False)


def test_help_is_there_with_a_new_link_too(place, as_host):
    update = share.draft(host=place.host, body=DARK)
    page = text(as_host.post(at(place, "share", update.pk), {"audience": "link", "when": "now"}))
    assert "This is for you alone" in page


def test_old_words_are_left_alone(place, as_host, draft):
    share.draft(host=place.host, body=DARK, update=draft)
    share.publish(host=place.host, update=draft, audience="guests")
    Update.objects.filter(pk=draft.pk).update(published_at=timezone.now() - timedelta(days=4))
    assert "This is for you alone" not in text(as_host.get(at(place, "update", draft.pk)))


def test_the_other_parent_reads_what_is_shared_and_changes_nothing(place, as_second, draft):
    listed = text(as_second.get(at(place, "updates")))
    assert (place.update.body in listed, "A draft." in listed) == (True, False)
    page = text(as_second.get(at(place, "update", place.update.pk)))
    assert at(place, "withdraw", place.update.pk) not in page
    for name in ("edit", "photos", "share", "withdraw", "discard"):
        assert as_second.get(at(place, name, place.update.pk)).status_code == 404
    assert as_second.post(at(place, "update_link", place.update.pk)).status_code == 404
    assert as_second.get(at(place, "update", draft.pk)).status_code == 404


def test_an_update_of_another_space_is_not_there(place, other, as_host):
    for name in ("update", "edit", "photos", "share", "withdraw", "discard"):
        theirs, missing = (as_host.get(at(place, name, pk)) for pk in (other.update.pk, uuid4()))
        assert (theirs.status_code, theirs.content) == (404, missing.content)
    for known in (other.update.pk, uuid4(), "x"):
        response = as_host.post(at(place, "write"), {"draft": known, "body": "Mine now."})
        assert response.status_code == 404
    assert Update.objects.get(pk=other.update.pk).body == other.update.body
