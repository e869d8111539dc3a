"""What a friend who reads first sees and decides, and what they can never do."""

from __future__ import annotations

import pytest

from beside.space.models import AuditEntry, By, Fate, Host, Message, Moderator, Outbox, Person, State
from beside.space.verbs import inbox, let_in, open_space, receive, review
from beside.space.verbs.errors import NotAllowed, Overtaken, Refused
from beside.space.verbs.settle import decide

KIND = "I am so sorry for your loss. Holding you both in my heart."
BLOW = "At least it was early, you can try again."
PRYING = "What was wrong with it? Can we see a picture?"
CRISIS = "I just lost mine and I don't want to be here any more"
THREAT = "I know where you live and I will come and hurt you."

pytestmark = pytest.mark.django_db


def states(message: Message) -> list[str]:
    return list(message.fates.order_by("pk").values_list("state", flat=True))


def texts(found: list[review.Waiting]) -> list[str]:
    return [one.text for one in found]


def second_moderator(place, name: str = "second") -> Moderator:
    _, token = open_space.ask_moderator(host=place.host, name=name, email=f"{name}@mod.example")
    return open_space.accept_moderating(token=token, person=Person.objects.create_user(f"{name}@mod.example"))


def second_host(place, **rules: str) -> Host:
    person = Person.objects.create_user("sam@host.example")
    host = open_space.add_host(space=place.space, person=person, name="Sam", by=place.host)
    open_space.set_rules(host=host, rules={"labels": rules})
    return host


class TestQueue:
    def test_holds_what_is_held_danger_first_then_the_oldest(self, place):
        for text in (BLOW, KIND, PRYING, CRISIS):
            receive.receive(guest=place.guest, text=text)
        assert texts(review.queue(moderator=place.moderator)) == [CRISIS, BLOW, PRYING]

    def test_holds_nothing_of_another_space(self, place, other):
        receive.receive(guest=other.guest, text=BLOW)
        receive.receive(guest=place.guest, text=PRYING)
        assert texts(review.queue(moderator=place.moderator)) == [PRYING]

    def test_never_shows_a_moderator_their_own_message(self, place):
        own, _ = let_in.invite(host=place.host, name="Friend", email="Friend-of-ADA@mod.example ")
        message = receive.receive(guest=own, text=BLOW)
        assert review.queue(moderator=place.moderator) == []
        assert texts(review.queue(moderator=second_moderator(place))) == [BLOW]
        with pytest.raises(NotAllowed):
            review.waiting(moderator=place.moderator, message_id=message.pk)

    def test_says_why_and_which_words(self, place):
        receive.receive(guest=place.guest, text=BLOW)
        (one,) = review.queue(moderator=place.moderator)
        assert (one.codes, one.labels, one.urgent, one.is_worst) == (
            ["minimizing"],
            ["minimizing"],
            False,
            False,
        )
        assert [(one.text[start:end], label) for start, end, label in one.spans] == [(BLOW, "minimizing")]

    def test_covers_the_worst_and_an_unkind_name(self, place):
        place.guest.name = "You stupid attention seeking cow"
        place.guest.save()
        receive.receive(guest=place.guest, text=KIND)
        (one,) = review.queue(moderator=place.moderator)
        assert (one.codes, one.is_worst) == (["sender"], True)

    def test_puts_blocked_senders_last(self, place):
        pest, _ = let_in.invite(host=place.host, name="Pest")
        receive.receive(guest=pest, text=BLOW)
        receive.receive(guest=place.guest, text=PRYING)
        pest.blocked_at = place.update.published_at
        pest.save()
        assert texts(review.queue(moderator=place.moderator)) == [PRYING, BLOW]

    def test_pages(self, place):
        for text in (BLOW, PRYING, CRISIS):
            receive.receive(guest=place.guest, text=text)
        assert texts(review.queue(moderator=place.moderator, limit=1, skip=1)) == [BLOW]

    @pytest.mark.parametrize("many", [1, 3])
    def test_takes_the_same_number_of_queries_for_one_and_three(self, place, many, django_assert_num_queries):
        for text in (BLOW, PRYING, "first")[:many]:
            receive.receive(guest=place.guest, text=text)
        moderator = Moderator.objects.select_related("space", "person").get(pk=place.moderator.pk)
        with django_assert_num_queries(8):
            assert len(review.queue(moderator=moderator)) == many

    def test_shows_what_is_held_for_one_of_two_hosts_with_that_fate_alone(self, place):
        sam = second_host(place, faith="hold")
        message = receive.receive(guest=place.guest, text="Praying for you and your little one")
        (one,) = review.queue(moderator=place.moderator)
        assert list(one.seen) == [message.fates.get(host=sam).pk]

    def test_a_host_who_left_keeps_nothing_waiting(self, place):
        sam = second_host(place, faith="hold")
        receive.receive(guest=place.guest, text="Praying for you and your little one")
        sam.left_at = place.update.published_at
        sam.save()
        assert review.queue(moderator=place.moderator) == []

    def test_is_closed_to_who_left_did_not_accept_or_became_a_host(self, place):
        receive.receive(guest=place.guest, text=BLOW)
        asked, _ = open_space.ask_moderator(host=place.host, name="Asked", email="asked@mod.example")
        gone = second_moderator(place)
        open_space.end_moderating(moderator=gone)
        both = second_moderator(place, "both")
        open_space.add_host(space=place.space, person=both.person, name="Both", by=place.host)
        for moderator in (asked, gone, both):
            with pytest.raises(NotAllowed):
                review.queue(moderator=moderator)


class TestDecide:
    @pytest.mark.parametrize(
        ("outcome", "state"), [("deliver", "delivered"), ("decline", "declined"), ("rephrase", "returned")]
    )
    def test_writes_state_person_and_log(self, place, outcome, state):
        message = receive.receive(guest=place.guest, text=BLOW)
        (one,) = review.queue(moderator=place.moderator)
        review.settle_held(
            moderator=place.moderator, message=message, outcome=outcome, seen=one.seen, reason="minimizing"
        )
        fate = message.fates.get()
        assert (fate.state, fate.by, fate.decided_by) == (state, By.PERSON, place.moderator.person)
        entry = AuditEntry.objects.order_by("pk").last()
        who = f"person {place.moderator.person.pk}"
        assert (entry.actor, entry.action, entry.reason) == (who, state, "minimizing")
        assert review.queue(moderator=place.moderator) == []
        assert Outbox.objects.filter(kind="sender_told").count() == 1

    def test_for_both_hosts_at_once(self, place):
        second_host(place)
        message = receive.receive(guest=place.guest, text=BLOW)
        (one,) = review.queue(moderator=place.moderator)
        review.settle_held(moderator=place.moderator, message=message, outcome="deliver", seen=one.seen)
        assert states(message) == ["delivered", "delivered"]

    def test_the_second_of_two_is_told_and_nothing_is_overwritten(self, place):
        message = receive.receive(guest=place.guest, text=BLOW)
        (one,) = review.queue(moderator=place.moderator)
        review.settle_held(
            moderator=second_moderator(place), message=message, outcome="decline", seen=one.seen
        )
        with pytest.raises(Overtaken):
            review.settle_held(moderator=place.moderator, message=message, outcome="deliver", seen=one.seen)
        assert states(message) == ["declined"]

    def test_half_overtaken_changes_nothing(self, place):
        second_host(place)
        message = receive.receive(guest=place.guest, text=BLOW)
        (one,) = review.queue(moderator=place.moderator)
        decide(fate=one.fates[1], state=State.DECLINED, person=second_moderator(place).person)
        with pytest.raises(Overtaken):
            review.settle_held(moderator=place.moderator, message=message, outcome="deliver", seen=one.seen)
        assert states(message) == ["held", "declined"]

    def test_an_edit_in_the_meantime_overtakes_too(self, place):
        message = receive.receive(guest=place.guest, text=BLOW)
        (one,) = review.queue(moderator=place.moderator)
        receive.change(message=message, guest=place.guest, text=PRYING)
        with pytest.raises(Overtaken):
            review.settle_held(moderator=place.moderator, message=message, outcome="deliver", seen=one.seen)
        assert states(message) == ["held"]

    def test_needs_what_was_seen(self, place, other):
        message = receive.receive(guest=place.guest, text=BLOW)
        elsewhere = receive.receive(guest=other.guest, text=BLOW).fates.get()
        for seen in ({}, {elsewhere.pk: elsewhere.revision}, {10**9: 0}):
            with pytest.raises(Overtaken):
                review.settle_held(moderator=place.moderator, message=message, outcome="deliver", seen=seen)
        assert (states(message), Fate.objects.get(pk=elsewhere.pk).state) == (["held"], "held")

    def test_never_in_another_space_never_ones_own_never_an_unknown_outcome(self, place, other):
        foreign = receive.receive(guest=other.guest, text=BLOW)
        own_guest, _ = let_in.invite(host=place.host, name="Friend", email="friend-of-ada@mod.example")
        own = receive.receive(guest=own_guest, text=BLOW)
        plain = receive.receive(guest=place.guest, text=BLOW)
        for message, outcome in ((foreign, "deliver"), (own, "deliver"), (plain, "withdraw")):
            fate = message.fates.get()
            with pytest.raises(NotAllowed):
                review.settle_held(
                    moderator=place.moderator,
                    message=message,
                    outcome=outcome,
                    seen={fate.pk: fate.revision},
                )
            assert states(message) == ["held"]

    @pytest.mark.parametrize("outcome", ["decline", "rephrase"])
    def test_danger_is_never_met_with_a_refusal(self, place, outcome):
        message = receive.receive(guest=place.guest, text=CRISIS)
        (one,) = review.queue(moderator=place.moderator)
        assert (one.in_danger, one.returnable) == (True, False)
        with pytest.raises(Refused) as refused:
            review.settle_held(moderator=place.moderator, message=message, outcome=outcome, seen=one.seen)
        assert (refused.value.sentence, states(message)) == (review.HELP_FIRST, ["held"])

    def test_a_false_alarm_can_go_through(self, place):
        message = receive.receive(guest=place.guest, text=CRISIS)
        (one,) = review.queue(moderator=place.moderator)
        review.settle_held(moderator=place.moderator, message=message, outcome="deliver", seen=one.seen)
        assert states(message) == ["delivered"]

    def test_nobody_is_asked_to_rephrase_what_was_brought_along(self, place):
        message = receive.bring(space=place.space, text=BLOW, sender="Kim", source="csv", source_hash="1")
        (one,) = review.queue(moderator=place.moderator)
        assert one.returnable is False
        with pytest.raises(Refused):
            review.settle_held(moderator=place.moderator, message=message, outcome="rephrase", seen=one.seen)

    def test_what_a_host_handed_over_does_not_go_back_to_her(self, place):
        message = receive.receive(guest=place.guest, text=KIND)
        inbox.hand_over(host=place.host, message=message)
        (one,) = review.queue(moderator=place.moderator)
        assert one.handed_over is True
        with pytest.raises(Refused) as refused:
            review.settle_held(moderator=place.moderator, message=message, outcome="deliver", seen=one.seen)
        assert (refused.value.sentence, states(message)) == (review.NOT_BACK, ["held"])

    def test_what_waits_for_one_host_goes_to_her_though_the_other_handed_it_over(self, place):
        second_host(place, comfort="hold")
        message = receive.receive(guest=place.guest, text=KIND)
        inbox.hand_over(host=place.host, message=message)
        (one,) = review.queue(moderator=place.moderator)
        review.settle_held(moderator=place.moderator, message=message, outcome="deliver", seen=one.seen)
        assert states(message) == ["held", "delivered"]


class TestMany:
    def seen(self, moderator: Moderator) -> dict[int, int]:
        return {
            pk: revision for one in review.queue(moderator=moderator) for pk, revision in one.seen.items()
        }

    def test_declines_all_that_were_seen(self, place):
        sent = [receive.receive(guest=place.guest, text=text) for text in (BLOW, PRYING)]
        assert review.decline_many(moderator=place.moderator, seen=self.seen(place.moderator)) is True
        assert [states(message) for message in sent] == [["declined"], ["declined"]]

    def test_leaves_what_changed_and_what_may_be_danger(self, place):
        changed, plain, danger = (
            receive.receive(guest=place.guest, text=text) for text in (BLOW, PRYING, CRISIS)
        )
        seen = self.seen(place.moderator)
        receive.change(message=changed, guest=place.guest, text="first")
        assert review.decline_many(moderator=place.moderator, seen=seen) is False
        assert [states(one) for one in (changed, plain, danger)] == [["held"], ["declined"], ["held"]]

    def test_touches_nothing_of_another_space_and_nothing_of_ones_own(self, place, other):
        foreign = receive.receive(guest=other.guest, text=BLOW).fates.get()
        review.decline_many(moderator=place.moderator, seen={foreign.pk: foreign.revision})
        own_guest, _ = let_in.invite(host=place.host, name="Friend", email="friend-of-ada@mod.example")
        own = receive.receive(guest=own_guest, text=BLOW).fates.get()
        with pytest.raises(NotAllowed):
            review.decline_many(moderator=place.moderator, seen={own.pk: own.revision})
        assert [Fate.objects.get(pk=fate.pk).state for fate in (foreign, own)] == ["held", "held"]

    def test_left_waiting_comes_after_what_nobody_read_and_stays_held(self, place):
        first, second = (receive.receive(guest=place.guest, text=text) for text in (BLOW, PRYING))
        review.leave_waiting(moderator=place.moderator, messages=[first])
        found = review.queue(moderator=place.moderator)
        assert [(one.text, one.left) for one in found] == [(PRYING, False), (BLOW, True)]
        assert (states(first), states(second)) == (["held"], ["held"])

    def test_an_edit_makes_what_was_left_new_again(self, place):
        message = receive.receive(guest=place.guest, text=BLOW)
        review.leave_waiting(moderator=place.moderator, messages=[message])
        receive.change(message=message, guest=place.guest, text=PRYING)
        assert [(one.text, one.left) for one in review.queue(moderator=place.moderator)] == [(PRYING, False)]

    def test_nobody_leaves_what_is_not_theirs(self, place, other):
        foreign = receive.receive(guest=other.guest, text=BLOW)
        with pytest.raises(NotAllowed):
            review.leave_waiting(moderator=place.moderator, messages=[foreign])


class TestAlarms:
    def test_a_declined_threat_is_seen_until_somebody_looks_after_it(self, place):
        message = receive.receive(guest=place.guest, text=THREAT)
        assert (states(message), review.queue(moderator=place.moderator)) == (["declined"], [])
        (one,) = review.alarms(moderator=place.moderator)
        assert (one.text, one.undecided, one.is_worst) == (THREAT, False, True)
        assert review.waiting(moderator=place.moderator, message_id=message.pk).text == THREAT
        review.leave_waiting(moderator=place.moderator, messages=[message])
        assert review.alarms(moderator=place.moderator) == []

    def test_no_other_decline_is_one_and_none_of_another_space(self, place, other):
        receive.receive(guest=place.guest, text="You stupid attention seeking cow")
        receive.receive(guest=other.guest, text=THREAT)
        assert review.alarms(moderator=place.moderator) == []

    def test_one_that_is_held_is_in_the_queue_instead(self, place):
        open_space.set_rules(host=place.host, rules={"labels": {"threat": "hold"}})
        receive.receive(guest=place.guest, text=THREAT)
        assert review.alarms(moderator=place.moderator) == []
        assert texts(review.queue(moderator=place.moderator)) == [THREAT]


def test_no_ready_reason_tells_what_a_host_chose():
    from beside.codebook import BY_NAME, Group

    labels = set(review.KIND_REASONS) - {"other"}
    assert {BY_NAME[name].group for name in labels} == {Group.HURT}
