"""Everything of one's own as a ZIP that opens from the disk, without any network."""

import json
import zipfile

import pytest

from beside.space.verbs import inbox, receive
from tests.flows.photos import add_photo

KIND, HURT = "I am so sorry. I am thinking of you every day.", "At least you are young, you can try again."


@pytest.fixture
def offline(browser):
    """Opens an unpacked copy from the disk, with the network off; what it asks for comes with it."""
    contexts = []

    def look(archive, folder):
        with zipfile.ZipFile(archive) as packed:
            assert packed.testzip() is None
            packed.extractall(folder)
        context = browser.new_context(offline=True)
        contexts.append(context)
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.on("requestfailed", lambda request: asked.append(f"failed: {request.url}"))
        page.on("console", lambda message: asked.append(f"said: {message.text}"))
        page.goto((folder / "index.html").as_uri())
        return page, asked

    yield look
    for context in contexts:
        context.close()


def test_a_host_takes_everything_of_hers(visitor, place, work, tmp_path, offline):
    message = receive.receive(guest=place.guest, text=KIND, update=place.update)
    receive.receive(guest=place.guest, text=HURT)
    inbox.answer(host=place.host, message=message, body="Thank you, Tomasz.")
    add_photo(place, alt="Her hand", covered=False)
    ada = visitor(place.host.person)
    ada.go(f"/h/{place.space.pk}/space/")
    ada.press("Take a copy")
    ada.press("Put my copy together")
    work()
    ada.press("Look again")
    page, asked = offline(ada.take("Take the copy"), tmp_path / "copy")
    text = page.inner_text("body")
    for words in ("We lost our daughter on Sunday.", "Tomasz", KIND, "Thank you, Tomasz."):
        assert words in text
    assert HURT not in text
    assert page.get_by_alt_text("Her hand").evaluate("one => one.naturalWidth") > 0
    assert [one for one in asked if not one.startswith("file:")] == []
    assert KIND in json.dumps(json.loads((tmp_path / "copy" / "data.json").read_text()))


def test_a_guest_takes_everything_of_theirs(arrive, place, tmp_path, offline):
    receive.receive(guest=place.guest, text=HURT)
    tomasz = arrive(place.token, phone=True)
    tomasz.press("What you sent")
    tomasz.press("Take a copy")
    page, asked = offline(tomasz.take("Take the copy"), tmp_path / "copy")
    text = page.inner_text("body")
    assert HURT in text
    assert "We lost our daughter" not in text
    assert [one for one in asked if not one.startswith("file:")] == []


def test_a_book_to_keep_as_pdf_or_as_pages_to_print(visitor, place, work):
    receive.receive(guest=place.guest, text=KIND, update=place.update)
    ada = visitor(place.host.person)
    ada.go(f"/h/{place.space.pk}/take/")
    ada.press("Make a book")
    ada.choose("All of them. On paper none is covered.")
    if ada.page.get_by_role("button", name="Make the book").count():
        ada.press("Make the book")
        work()
        ada.press("Look again")
        assert ada.take("Take the book").read_bytes()[:5] == b"%PDF-"
    ada.go(f"/h/{place.space.pk}/take/book/all/")
    ada.reads("We lost our daughter on Sunday.", KIND)
