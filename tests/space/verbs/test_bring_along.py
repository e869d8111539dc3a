"""What is brought along passes the same gate, comes once however often it is tried, and tells nobody."""

from __future__ import annotations

import csv
import io
import json

import pytest

from beside.space.models import AuditEntry, Fate, Job, Kind, Message, Outbox, Person, State, Version
from beside.space.verbs import bring_along, jobs, open_space, replies, review, sealed_file, share
from beside.space.verbs.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
KIND = "I am so sorry. We are holding you in our hearts."
HURTS = "At least it was early, you can try again."
CRUEL = "You are a disgusting liar and you deserved it."


def table(rows, head=("author", "date", "comment")):
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue()


ROWS = (("Bea", "2024-01-01", KIND), ("Colin", "2024-01-02", HURTS), ("Troll", "2024-01-03", CRUEL))


def put(place, content, called="comments.csv", person=None, names=True, own=""):
    """A file, sealed as the page seals it, and its job."""
    name = sealed_file.new_name()
    with sealed_file.Writer(place.space, name) as out:
        out.write(content if isinstance(content, bytes) else content.encode())
    return bring_along.start(
        space=place.space,
        person=person or place.host.person,
        file=name,
        called=called,
        names=names,
        own=own,
    )


def worked(job, pieces=50):
    for _ in range(pieces):
        if not jobs.work_one():
            break
    job.refresh_from_db()
    return job


def brought(place, content, **more):
    job = worked(put(place, content, **more))
    assert (job.problem, job.finished_at is not None) == ("", True)
    return job


def texts(place, state=None):
    found = Message.objects.filter(space=place.space, kind=Kind.IMPORTED)
    if state:
        found = found.filter(fates__state=state, fates__host=place.host)
    return sorted(Version.objects.get(message=one).body for one in found)


def test_support_joins_the_space_and_the_rest_the_queue(place):
    brought(place, table(ROWS))
    assert texts(place, State.DELIVERED) == [KIND]
    assert texts(place, State.HELD) == [HURTS]
    assert texts(place, State.DECLINED) == [CRUEL]
    assert [one.text for one in review.queue(moderator=place.moderator)] == [HURTS]
    message = Message.objects.get(fates__state=State.DELIVERED)
    assert (message.sender, message.source, message.guest, message.update) == ("Bea", "a file", None, None)


def test_no_guest_ever_sees_it(place):
    share.publish(host=place.host, update=place.update, audience="guests", shares_replies=True)
    brought(place, table(ROWS))
    assert replies.of_others(guest=place.guest, updates=[place.update]) == ([], False)


def test_whoever_wrote_it_and_the_host_are_told_nothing(place):
    before = set(Outbox.objects.values_list("pk", flat=True))
    brought(place, table([*ROWS, ("Ann", "2024-01-04", "Thinking of you. ann@mail.example")]))
    after = Outbox.objects.exclude(pk__in=before)
    assert {row.to for row in after} == {place.moderator.person.email}
    assert {row.kind for row in after} == {"waiting"}


def test_many_threats_in_one_file_alert_once(place, installation):
    rows = [(f"Troll {number}", str(number), f"I will come and kill you {number}.") for number in range(3)]
    brought(place, table(rows))
    assert [fate.urgent for fate in Fate.objects.all()] == [True] * 3
    urgent = Outbox.objects.filter(kind="urgent")
    assert sorted(row.to for row in urgent) == [
        "friend-of-ada@mod.example",
        installation.safeguarding_email,
    ]


def test_a_second_upload_brings_nothing_twice(place):
    brought(place, table(ROWS))
    first = {message.pk for message in Message.objects.all()}
    brought(place, table([*ROWS, ("Dele", "2024-01-05", KIND)]))
    assert len({message.pk for message in Message.objects.all()} - first) == 1
    brought(place, table(ROWS), person=place.moderator.person, names=False)
    assert Message.objects.count() == 4


def test_the_same_words_of_different_people_are_different_messages(place):
    brought(place, table([("Bea", "1", KIND), ("Dele", "1", KIND), ("Bea", "2", KIND), ("Bea", "2", KIND)]))
    assert [message.sender for message in Message.objects.order_by("received_at")] == ["Bea", "Dele", "Bea"]


def test_where_nothing_tells_who_wrote_it_two_hearts_are_two(place):
    hearts = "🤍\n🤍\nSo sorry.\n🤍\n"
    brought(place, hearts, called="comments.txt")
    assert texts(place) == ["So sorry.", "🤍", "🤍", "🤍"]
    brought(place, hearts + "🤍\n", called="comments.txt")
    assert len(texts(place)) == 5


def test_another_space_brings_the_same_for_itself(place, other):
    brought(place, table(ROWS))
    brought(other, table(ROWS))
    assert (len(texts(place)), len(texts(other))) == (3, 3)
    marks = Message.objects.values_list("source_hash", flat=True)
    assert len(set(marks)) == 6  # one mark says nothing about the other


def test_a_killed_worker_is_gone_on_with_and_nothing_comes_twice(place, monkeypatch):
    monkeypatch.setattr(bring_along, "ROWS", 2)
    rows = [(f"Guest {number}", str(number), f"{KIND} {number}") for number in range(9)]
    job = put(place, table(rows))
    real, calls = bring_along.bring, []

    class Killed(BaseException):
        pass

    def dies(**given):
        calls.append(given)
        if len(calls) in (4, 8):
            raise Killed
        return real(**given)

    monkeypatch.setattr(bring_along, "bring", dies)
    for _ in range(2):
        with pytest.raises(Killed):
            jobs.work_one()
        Job.objects.update(claimed_until=None)  # the lease has run out
    worked(job)
    assert job.finished_at
    assert texts(place) == sorted(text for _, _, text in rows)
    assert (job.options["rows"], job.options["read"]) == (9, 9)


def test_it_is_done_in_pieces_with_its_progress(place, monkeypatch):
    monkeypatch.setattr(bring_along, "ROWS", 2)
    monkeypatch.setattr(bring_along, "SECONDS", -1.0)
    rows = [("", "", f"{KIND} {number % 2}") for number in range(5)]
    job, far = put(place, table(rows)), []
    while jobs.work_one():
        job.refresh_from_db()
        far.append((job.done, job.options["rows"], job.finished_at is not None))
    assert [(rows_done, done) for _, rows_done, done in far] == [
        (2, False),
        (4, False),
        (5, False),
        (5, True),
    ]
    assert far[0][0] < far[1][0] < far[2][0] <= job.total
    assert len(texts(place)) == 5  # the same words are counted over the pieces, too


def test_names_can_be_left_out(place):
    brought(place, table(ROWS), names=False)
    assert set(Message.objects.values_list("sender", flat=True)) == {""}
    assert {message.sender for message in Message.objects.all()} == {""}


def test_a_name_that_hurts_does_not_come_with_kind_words(place):
    brought(place, table([("You stupid liar", "2024", KIND)]))
    fate = Fate.objects.get(host=place.host)
    assert (fate.state, fate.codes) == (State.HELD, ["sender"])


def test_ones_own_words_are_left_out(place):
    brought(place, table([("Ada  Host", "1", "Our girl."), ("Bea", "2", KIND)]), own=" ada host ")
    assert texts(place) == [KIND]


def test_a_moderator_may_a_guest_and_a_stranger_may_not(place, other):
    job = brought(place, table(ROWS), person=place.moderator.person)
    assert job.person == place.moderator.person
    for person in (other.host.person, other.moderator.person, Person.objects.create_user("x@x.example")):
        with pytest.raises(NotAllowed):
            put(place, table(ROWS), person=person)


def test_it_stops_when_whoever_began_it_is_no_part_of_the_space_any_more(place):
    job = put(place, table(ROWS), person=place.moderator.person)
    open_space.end_moderating(moderator=place.moderator)
    worked(job)
    assert (job.problem, Message.objects.count()) == ("gone", 0)
    assert not sealed_file.path_of(job.file).exists()


def test_a_few_files_at_a_time(place):
    for _ in range(bring_along.WAITING):
        put(place, table(ROWS))
    with pytest.raises(Refused):
        put(place, table(ROWS))


def test_rows_that_cannot_be_read_are_counted_for_a_friend_alone(place):
    broken = table(ROWS) + 'only one cell\n"never closed\n'
    for_host = brought(place, broken)
    assert (bring_along.unreadable(job=for_host), bring_along.nothing_read(job=for_host)) == (0, False)
    for_friend = brought(place, broken, person=place.moderator.person)
    assert bring_along.unreadable(job=for_friend) == 2


def test_rows_without_words_are_no_messages(place):
    job = brought(place, table([("Bea", "1", ""), ("Bea", "2", "  \n ")]))
    assert (Message.objects.count(), bring_along.nothing_read(job=job)) == (0, True)
    assert bring_along.unreadable(job=job) == 0


def test_which_column_is_asked_and_answered(place):
    head = ("who", "first thing", "second thing")
    job = worked(put(place, table([("Bea", "1", KIND)], head)))
    assert (job.problem, job.options["columns"], job.finished_at) == ("column", list(head), None)
    with pytest.raises(NotAllowed):
        bring_along.choose_column(job=job, column="third thing")
    bring_along.choose_column(job=job, column="second thing")
    worked(job)
    assert (job.problem, texts(place)) == ("", [KIND])


@pytest.mark.parametrize(
    ("content", "called", "code"),
    [
        (b"PK\x03\x04rest of a zip", "instagram.zip", "packed"),
        (b"\x1f\x8brest", "comments.csv.gz", "packed"),
        (b"<!DOCTYPE html><html></html>", "comments.html", "web_page"),
        (b"", "comments.csv", "empty"),
        (b'{"profile": {"name": "x"}}', "profile.json", "unknown"),
        (b"%PDF-1.7", "comments.pdf", "unknown"),
    ],
)
def test_a_file_that_is_no_export_says_what_it_is(place, content, called, code):
    job = worked(put(place, content, called=called))
    assert (job.problem, job.finished_at is not None, Message.objects.count()) == (code, True, 0)
    assert not sealed_file.path_of(job.file).exists()


def meta(text):
    """Text as Instagram and Facebook write it."""
    return text.encode().decode("latin-1")


@pytest.mark.parametrize(
    ("called", "content", "source", "sender"),
    [
        (
            "message_1.json",
            {"messages": [{"sender_name": meta("Renée"), "timestamp_ms": 1, "content": meta(KIND)}]},
            "Instagram, Facebook",
            "Renée",
        ),
        (
            "comments.json",
            {"comments_v2": [{"timestamp": 5, "data": [{"comment": {"comment": KIND, "author": "Bea"}}]}]},
            "Instagram, Facebook",
            "Bea",
        ),
        (
            "threads.json",
            {
                "items": [
                    {
                        "snippet": {
                            "topLevelComment": {"snippet": {"textOriginal": KIND, "authorDisplayName": "Bea"}}
                        }
                    }
                ]
            },
            "YouTube",
            "Bea",
        ),
        ("reddit.json", [{"kind": "t1", "data": {"body": KIND, "author": "bea"}}], "Reddit", "bea"),
        ("any.json", [{"text": KIND, "author": "Bea"}], "a file", "Bea"),
    ],
)
def test_platforms(place, called, content, source, sender):
    brought(place, json.dumps(content), called=called)
    message = Message.objects.get()
    assert (message.source, message.sender, texts(place, State.DELIVERED)) == (source, sender, [KIND])


def test_lines_of_json_and_wordpress(place):
    brought(place, json.dumps({"text": KIND}) + "\n" + json.dumps({"text": HURTS}), called="a.jsonl")
    wxr = (
        '<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>t</title>'
        "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Bea</wp:comment_author>"
        "<wp:comment_date>2024-01-01</wp:comment_date>"
        "<wp:comment_content>Thinking of you.</wp:comment_content>"
        "<wp:comment_approved>1</wp:comment_approved></wp:comment></item></channel></rss>"
    )
    brought(place, wxr, called="blog.xml")
    assert texts(place) == [HURTS, KIND, "Thinking of you."]
    assert Message.objects.filter(source="WordPress").count() == 1


def test_hostile_text_stops_nothing(place):
    rows = json.dumps(
        [{"text": "\ud800 broken"}, {"text": "nul \x00 here"}, {"text": "x" * 50_000}, {"text": KIND}]
    )
    job = brought(place, rows, called="a.json")
    assert texts(place, State.DELIVERED) == [KIND]
    assert job.options["read"] + job.options.get("unreadable", 0) == 4


def test_the_log_says_who_brought_something_and_nothing_of_it(place):
    brought(place, table(ROWS))
    entry = AuditEntry.objects.get(action="brought along")
    assert (entry.actor, entry.space_ref) == (f"person {place.host.person.pk}", place.space.pk)


def test_two_uploads_at_once_bring_a_row_once(place, monkeypatch):
    """The other worker stores the row after ours has looked for it."""
    real = bring_along.bring

    def late(**given):
        real(**given)
        blind = Message.objects.none()
        monkeypatch.setattr(Message.objects, "filter", lambda **_: blind)
        try:
            return real(**given)
        finally:
            monkeypatch.undo()

    job = put(place, table(ROWS[:1]))
    monkeypatch.setattr(bring_along, "bring", late)
    worked(job)
    assert texts(place) == [KIND]
