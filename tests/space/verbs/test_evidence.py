"""Evidence: everything that belongs to it, nothing of others, each file with its hash, and recorded."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from beside.space.models import AuditEntry
from beside.space.verbs import evidence, let_in, receive
from beside.space.verbs.errors import NotAllowed, Refused

KIND = "I am so sorry for your loss. Holding you both in my heart."
INSULT = "You stupid attention seeking cow"
THREAT = "I know where you live and I will come and hurt you."
CRISIS = "I just lost mine and I don't want to be here any more"
REASON = "Asked by telephone, case 12-34"

pytestmark = pytest.mark.django_db


def opened(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def messages(packed: bytes) -> list[dict]:
    return [json.loads(line) for line in opened(packed)["messages.jsonl"].decode().splitlines()]


def test_holds_what_was_declined_and_nothing_else(place, other, operator):
    sent = [receive.receive(guest=place.guest, text=text) for text in (INSULT, KIND, CRISIS, THREAT)]
    receive.receive(guest=other.guest, text=INSULT)
    packed = evidence.export(person=operator, host=place.host, reason=REASON)
    assert [one["id"] for one in messages(packed)] == [str(sent[0].pk), str(sent[3].pk)]


def test_of_one_sender_it_holds_all_that_they_wrote_and_took_back(place, operator):
    pest, _ = let_in.invite(host=place.host, name="Pest", email="pest@guest.example")
    receive.receive(guest=place.guest, text=INSULT)
    message = receive.receive(guest=pest, text=KIND)
    receive.change(message=message, guest=pest, text=THREAT)
    receive.take_back(message=message, guest=pest)
    (one,) = messages(evidence.export(person=operator, host=place.host, reason=REASON, guest=pest))
    assert [wording["text"] for wording in one["wordings"]] == [KIND, THREAT]
    assert (one["sender"]["email"], one["withdrawn"] is not None) == ("pest@guest.example", True)


def test_each_file_has_its_hash_and_the_words_are_as_received(place, operator):
    message = receive.receive(guest=place.guest, text=f"{INSULT} \N{PILE OF POO}\nوداعا")
    files = opened(evidence.export(person=operator, host=place.host, reason=REASON))
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert files[f"messages/{message.pk}-1.txt"].decode() == f"{INSULT} \N{PILE OF POO}\nوداعا"


def test_holds_the_log_of_its_messages(place, operator):
    message = receive.receive(guest=place.guest, text=INSULT)
    receive.receive(guest=place.guest, text=KIND)
    log = opened(evidence.export(person=operator, host=place.host, reason=REASON))["log.jsonl"].decode()
    assert [(entry["message"], entry["action"]) for entry in map(json.loads, log.splitlines())] == [
        (str(message.pk), "declined")
    ]


def test_is_recorded_with_who_asked_why_and_the_hash_of_the_file(place, operator):
    receive.receive(guest=place.guest, text=INSULT)
    packed = evidence.export(person=operator, host=place.host, reason=REASON)
    entry = AuditEntry.objects.get(action=evidence.EXPORTED)
    assert (entry.space_ref, entry.reason) == (place.space.pk, REASON)
    assert entry.codes == [f"host {place.host.pk}", f"sha256 {hashlib.sha256(packed).hexdigest()}"]


def test_needs_a_reason_an_operator_and_a_sender_of_the_space(place, other, operator):
    with pytest.raises(Refused):
        evidence.export(person=operator, host=place.host, reason=" ")
    with pytest.raises(NotAllowed):
        evidence.export(person=place.host.person, host=place.host, reason=REASON)
    with pytest.raises(NotAllowed):
        evidence.export(person=operator, host=place.host, reason=REASON, guest=other.guest)
    assert AuditEntry.objects.filter(action=evidence.EXPORTED).count() == 0
