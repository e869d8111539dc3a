"""The operator's first run: nothing else is open, and it cannot be finished without what people need."""

import pytest
from pytest_django.live_server_helper import LiveServer

from beside.space.models import Helpline, Installation, Person
from beside.space.verbs import operate


@pytest.fixture
def live_server():
    """A server of its own: one that has seen an installation does not ask for it again."""
    server = LiveServer("localhost")
    yield server
    server.stop()


def test_from_the_code_in_the_terminal_to_an_open_place(visitor, transactional_db, settings):
    code = operate.setup_code()
    op, stranger = visitor(), visitor()
    for path in ("/", "/help/", "/open/"):
        stranger.go(path)
        assert stranger.page.url == f"{stranger.url}/setup/"
    op.go("/")
    op.fill("The set-up code", "wrong")
    op.fill("Your e-mail address", "op@operator.example")
    op.press("Go on")
    op.reads("That is not the code.")
    op.fill("The set-up code", code)
    op.press("Go on")
    assert Person.objects.get().is_operator

    op.reads("Before the place opens")
    assert op.page.get_by_role("button", name="Open the place").count() == 0
    op.press("A contact for everybody")
    op.fill("What this place is called", "A quiet place")
    op.fill("An e-mail address for everybody", "contact@operator.example")
    op.press("Keep")
    op.press("Who is told when somebody may be in danger")
    op.fill("Their name", "Safe Guard")
    op.fill("Their e-mail address", "safe@operator.example")
    op.press("Keep")
    op.press("The countries that you serve")
    op.page.get_by_label("Country").select_option("GB")
    op.press("Add this country")
    op.press("Go on to their helplines")
    op.reads("At least one line for somebody in danger has to be checked here.")
    stranger.go("/")
    assert stranger.page.url == f"{stranger.url}/setup/"

    line = Helpline.objects.filter(country="GB", is_crisis=True).exclude(number="").first()
    op.press(line.service)
    op.fill("Your name, if you have checked it today", "Ola Operator")
    op.press("Keep")
    op.reads("It is shown from now on.")
    op.press("Back")
    op.press("Open the place")
    op.reads("The place is open now.")
    assert Installation.objects.get().set_up_at is not None

    stranger.go("/help/")
    stranger.reads(line.service, "checked on")
    others = Helpline.objects.filter(country="GB", checked_on=None)
    assert others.exists()
    stranger.reads_not(*(other.service for other in others))
    stranger.go("/setup/")
    stranger.reads("This page is not here")
