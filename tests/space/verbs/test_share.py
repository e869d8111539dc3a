"""What a host shares: with whom, when, and what becomes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from beside.space.models import Audience, Circle, Guest, Host, Outbox, Person, Update
from beside.space.verbs import circles, let_in, open_space, share
from beside.space.verbs.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db

DARK = "I cannot go on any more. I want to die tonight and be with her."


@pytest.fixture
def second(place):
    person = Person.objects.create_user("sam@host.example")
    return open_space.add_host(space=place.space, person=person, name="Sam", by=place.host)


def told(place, body="Some words.", audience="guests", **more):
    update = share.draft(host=place.host, body=body)
    share.publish(host=place.host, update=update, audience=audience, **more)
    return update


def read(guest):
    return [update.body for update in share.readable(guest=guest)]


def test_a_draft_is_hers_alone_and_keeps_its_newest_words(place, second):
    update = share.draft(host=place.host, body="First words.")
    assert share.draft(host=place.host, body="Other words.", update=update) == update
    assert [one.body for one in Update.objects.filter(published_at=None)] == ["Other words."]
    assert not share.may_read(update=update, guest=place.guest)
    assert [one.body for one in share.of_hosts(host=second)] == [place.update.body]


def test_shared_words_are_no_draft(place):
    with pytest.raises(Refused):
        share.draft(host=place.host, body="Overwritten.", update=place.update)
    assert Update.objects.get(pk=place.update.pk).body == place.update.body


def test_who_may_read_each_audience(place, other):
    family = circles.make(host=place.host, name="Family")
    aunt, _ = let_in.invite(host=place.host, name="Aunt", circles=[family])
    for audience in (Audience.ONLY_ME, Audience.GUESTS, Audience.LINK):
        told(place, f"For {audience.value}.", audience)
    told(place, "For circles.", "circles", circles=[family])
    everybody = ["For link.", "For guests.", place.update.body]
    assert read(place.guest) == everybody
    assert read(aunt) == ["For circles.", *everybody]
    assert read(other.guest) == [other.update.body]


def test_an_update_for_two_circles_is_read_once(place):
    both = [circles.make(host=place.host, name=name) for name in ("Family", "Choir")]
    circles.put(host=place.host, guest=place.guest, circles=both)
    told(place, "For both.", "circles", circles=both)
    assert read(place.guest) == ["For both.", place.update.body]


def test_a_circle_of_another_space_is_no_audience(place, other):
    strange = circles.make(host=other.host, name="Strange")
    with pytest.raises(Refused):
        told(place, audience="circles", circles=[strange])
    assert Circle.objects.get().updates.count() == 0


def test_who_is_out_reads_nothing(place):
    Guest.objects.filter(pk=place.guest.pk).update(revoked_at=timezone.now())
    assert not share.may_read(update=place.update, guest=Guest.objects.get(pk=place.guest.pk))


def test_a_link_lets_read_until_it_is_renewed_or_the_update_withdrawn(place):
    update = share.draft(host=place.host, body="For anyone.")
    token = share.publish(host=place.host, update=update, audience="link")
    assert share.by_link(token=token) == update
    assert token not in update.link_hash
    newer = share.new_link(host=place.host, update=update)
    assert (share.by_link(token=token), share.by_link(token=newer)) == (None, update)
    share.withdraw(host=place.host, update=update)
    assert share.by_link(token=newer) is None
    with pytest.raises(NotAllowed):
        share.new_link(host=place.host, update=update)


def test_changing_the_audience_keeps_the_link_and_the_day(place):
    update = share.draft(host=place.host, body="For anyone.")
    token = share.publish(host=place.host, update=update, audience="link")
    day = update.published_at
    assert share.publish(host=place.host, update=update, audience="link", shares_replies=True) is None
    assert (share.by_link(token=token), update.published_at) == (update, day)
    share.publish(host=place.host, update=update, audience="guests")
    assert share.by_link(token=token) is None


def test_only_links_have_links(place):
    with pytest.raises(NotAllowed):
        share.new_link(host=place.host, update=place.update)


def test_scheduled_words_are_shared_when_their_time_has_come(place):
    soon = timezone.now() + timedelta(hours=1)
    update = told(place, "For tomorrow.", at=soon)
    assert (update.published_at, read(place.guest)) == (None, [place.update.body])
    assert share.publish_due(now=soon - timedelta(seconds=1)) == 0
    assert share.publish_due(now=soon) == 1
    assert share.publish_due(now=soon) == 0
    assert read(place.guest) == ["For tomorrow.", place.update.body]


def test_what_was_scheduled_and_taken_back_stays_a_draft(place):
    soon = timezone.now() + timedelta(hours=1)
    update = told(place, at=soon)
    share.withdraw(host=place.host, update=update)
    assert share.publish_due(now=soon) == 0
    assert Update.objects.get(pk=update.pk).published_at is None


def test_guests_hear_of_it_once(place):
    update = told(place)
    share.withdraw(host=place.host, update=update)
    share.publish(host=place.host, update=update, audience="guests")
    key = f"update_shared:{update.pk}:{place.guest.pk}"
    assert [row.key for row in Outbox.objects.filter(key__contains=str(update.pk))] == [key]


def test_of_what_only_she_may_read_nobody_hears(place):
    update = told(place, audience="only_me")
    assert not Outbox.objects.filter(key__contains=str(update.pk)).exists()


def test_edited_words_say_so(place):
    share.edit(host=place.host, update=place.update, body="Other words.")
    kept = Update.objects.get(pk=place.update.pk)
    assert (kept.body, kept.edited_at is not None) == ("Other words.", True)
    assert read(place.guest) == ["Other words."]


def test_withdrawn_words_are_a_draft_again(place):
    share.withdraw(host=place.host, update=place.update)
    assert read(place.guest) == []
    share.draft(host=place.host, body="Better words.", update=place.update)
    share.publish(host=place.host, update=place.update, audience="guests")
    assert read(place.guest) == ["Better words."]


def test_a_draft_can_be_thrown_away_and_shared_words_cannot(place):
    update = share.draft(host=place.host, body="Not this.")
    share.discard(host=place.host, update=update)
    with pytest.raises(NotAllowed):
        share.discard(host=place.host, update=place.update)
    assert list(Update.objects.all()) == [place.update]


def test_the_other_parent_sees_what_is_shared_and_touches_nothing(place, second):
    mine = told(place, "Only for me.", "only_me")
    assert [one.body for one in share.of_hosts(host=place.host)] == ["Only for me.", place.update.body]
    assert [one.body for one in share.of_hosts(host=second)] == [place.update.body]
    for update in (mine, place.update):
        for refused in (
            lambda update=update: share.draft(host=second, body="Theirs.", update=update),
            lambda update=update: share.publish(host=second, update=update, audience="link"),
            lambda update=update: share.edit(host=second, update=update, body="Theirs."),
            lambda update=update: share.withdraw(host=second, update=update),
            lambda update=update: share.discard(host=second, update=update),
            lambda update=update: share.new_link(host=second, update=update),
        ):
            with pytest.raises(NotAllowed):
                refused()


def test_drafts_and_what_only_she_reads_are_never_looked_at_for_danger(place):
    draft = share.draft(host=place.host, body=DARK)
    assert share.in_danger(update=draft) is False
    assert share.in_danger(update=told(place, DARK, "only_me")) is False
    assert share.in_danger(update=told(place, DARK)) is True
    assert share.in_danger(update=place.update) is False


def agree(place):
    open_space.name_somebody(host=place.host, agreed=True, name="Kim", email="kim@friend.example")


def warned():
    return [row.to for row in Outbox.objects.filter(kind="host_in_danger")]


def test_without_her_yes_nobody_is_told(place):
    told(place, DARK)
    Host.objects.filter(pk=place.host.pk).update(alert_agreed=False)
    place.host.alert_email = "kim@friend.example"
    place.host.save(update_fields=["alert_email"])
    told(place, DARK)
    assert warned() == []


def test_with_it_the_one_she_named_is_told_once(place):
    agree(place)
    told(place)
    share.draft(host=place.host, body=DARK)
    told(place, DARK, "only_me")
    assert warned() == []
    update = told(place, DARK)
    share.edit(host=place.host, update=update, body=f"{DARK} {DARK}")
    assert warned() == ["kim@friend.example"]


def test_also_for_an_edit_and_for_what_was_scheduled(place):
    agree(place)
    share.edit(host=place.host, update=place.update, body=DARK)
    assert warned() == ["kim@friend.example"]
    soon = timezone.now() + timedelta(hours=1)
    told(place, DARK, at=soon)
    assert warned() == ["kim@friend.example"]
    share.publish_due(now=soon)
    assert warned() == ["kim@friend.example"] * 2
