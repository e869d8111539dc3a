"""Opening a space: one question a screen, each may wait."""

import pytest
from django.test import Client
from django.urls import reverse

from beside.space.models import Host, Installation, Moderator, Outbox, Person, Space
from beside.space.web.host_questions import OPENING

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(installation):
    client = Client()
    client.force_login(Person.objects.create_user("new@host.example", may_open_spaces=True))
    return client


@pytest.fixture
def host(newcomer):
    newcomer.post("/open/", {"name": "Ada"})
    return Host.objects.get()


def step(host, name):
    return reverse("open_step", args=[host.space_id, name])


def kept(host):
    return Host.objects.select_related("space").get(pk=host.pk)


def test_without_an_account_she_is_asked_to_sign_in(installation):
    response = Client().get("/open/")
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/open/")


def test_whoever_may_not_open_is_told_whom_to_write_to(installation):
    client = Client()
    client.force_login(Person.objects.create_user("new@host.example"))
    assert b"contact@operator.example" in client.get("/open/").content
    client.post("/open/", {"name": "Ada"})
    assert Space.objects.count() == 0


def test_her_name_is_all_that_is_needed(newcomer):
    response = newcomer.post("/open/", {"name": " "})
    assert (response.status_code, Space.objects.count()) == (200, 0)
    assert b'aria-invalid="true"' in response.content
    response = newcomer.post("/open/", {"name": "Ada"})
    host = Host.objects.get()
    assert (host.name, response["Location"]) == ("Ada", step(host, "words"))
    assert newcomer.get(reverse("host_home", args=[host.space_id])).status_code == 200


def test_a_button_pressed_twice_opens_one_space(newcomer):
    for _ in range(2):
        newcomer.post("/open/", {"name": "Ada"})
    newcomer.post("/open/", {"name": "Ada, for another"})
    assert [host.name for host in Host.objects.order_by("pk")] == ["Ada", "Ada, for another"]


def test_every_question_can_wait(newcomer, host):
    address, seen = step(host, OPENING[0]), []
    while "/open/done/" not in address:
        response = newcomer.get(address)
        seen.append(address)
        address = response.context["later"]
    assert seen == [step(host, name) for name in OPENING]
    assert newcomer.get(address).status_code == 200
    now = kept(host)
    assert (now.rules, now.space.words, now.space.nobody_reads) == ({}, "baby", False)


def test_what_is_sent_empty_waits_too(newcomer, host):
    for name in OPENING:
        if name != "words":
            assert newcomer.post(step(host, name), {}).status_code == 302
    now = kept(host)
    assert (now.rules, now.space.country, now.space.nobody_reads) == ({}, "", False)
    assert Moderator.objects.count() == 0


def test_every_answer_is_kept_at_once(newcomer, host):
    answers = {
        "words": {"words": "daughter"},
        "baby": {"baby_name": "Noor", "dates": "3 March"},
        "country": {"country": "IE"},
        "faith": {"answer": "hold"},
        "other_pregnancy": {"answer": "welcome"},
    }
    for name, answer in answers.items():
        response = newcomer.post(step(host, name), answer)
        assert response["Location"] == step(host, OPENING[OPENING.index(name) + 1])
    now = kept(host)
    space = now.space
    assert (space.words, space.baby_name, space.dates, space.country) == ("daughter", "Noor", "3 March", "IE")
    assert now.rules == {"labels": {"faith": "hold", "other_pregnancy": "welcome"}}


def test_an_answer_that_is_none_is_refused(newcomer, host):
    for name, answer in (("words", {"words": "kitten"}), ("faith", {"answer": "decline"})):
        assert newcomer.post(step(host, name), answer).status_code == 200
    assert (kept(host).space.words, kept(host).rules) == ("baby", {})


def test_a_friend_is_asked(newcomer, host):
    response = newcomer.post(step(host, "friend"), {"name": "Kim", "email": "Kim@friend.example"})
    assert response["Location"] == reverse("open_done", args=[host.space_id])
    assert (Moderator.objects.get().name, Moderator.objects.get().email) == ("Kim", "kim@friend.example")
    assert Outbox.objects.filter(kind="moderator_asked").count() == 1


def test_or_nobody_in_so_many_words(newcomer, host):
    newcomer.post(step(host, "friend"), {"who": "nobody", "name": "", "email": ""})
    assert (kept(host).space.nobody_reads, Moderator.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    "given",
    [
        {"who": "ask"},
        {"name": "Kim"},
        {"name": "Kim", "email": "no address"},
        {"name": "Ada", "email": "new@host.example"},
    ],
)
def test_half_a_friend_is_asked_for_again(newcomer, host, given):
    assert newcomer.post(step(host, "friend"), given).status_code == 200
    assert Moderator.objects.count() == 0


def test_no_other_question_is_part_of_it(newcomer, host):
    for name in ("caution", "blaming", "crisis", "nothing"):
        assert newcomer.get(step(host, name)).status_code == 404


def test_anyone_where_the_operator_says_so(installation):
    Installation.objects.update(anyone_may_open=True)
    client = Client()
    client.force_login(Person.objects.create_user("new@host.example"))
    client.post("/open/", {"name": "Ada"})
    assert Host.objects.get().name == "Ada"
