"""The keepsake book: what she shared and what came back, as a PDF to print.

In it is what stands on her pages: her published updates, and the delivered messages that are in her sight and
not put away. Photos are in it as she chooses, uncovered, for paper has no lid. WeasyPrint, which sets the
book, needs Pango from the system; where it is missing, the same pages can be printed from the browser.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from beside.photo import media_type
from beside.space.models import Fate, Host, Job, JobKind, Kind, Photo, State, Update
from beside.space.verbs import audit, jobs, photo, sealed_file
from beside.space.verbs.errors import NotAllowed
from beside.space.verbs.export import host_of, language_of
from beside.space.verbs.jobs import Stuck, Tell
from beside.space.verbs.pause import hidden_since, zone_named
from beside.space.verbs.texts import newest_of

ALL, OPEN, NONE = "all", "open", "none"
CHOICES = (ALL, OPEN, NONE)
_PICTURE = "picture:"
_WRITTEN = (Kind.MESSAGE, Kind.OFFER, Kind.IMPORTED)
_LETTER_PAPER = frozenset(
    {"US", "CA", "MX", "PH", "CL", "CO", "CR", "GT", "NI", "PA", "SV", "VE", "DO", "PR"}
)


@dataclass(frozen=True, slots=True)
class Page:
    """One message: whose, when, its words, and what she answered."""

    sender: str
    text: str
    at: datetime
    answer: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One update with its photos, and what came back to it."""

    text: str
    at: datetime
    photos: list[Photo]
    letters: list[Page]


@dataclass(frozen=True, slots=True)
class Book:
    """All that is in it. `letters` answer no update of hers; `candles` are the names of those who lit one."""

    host: Host
    chapters: list[Chapter]
    letters: list[Page]
    candles: list[str]


@cache
def available() -> bool:
    """Whether a PDF can be made here."""
    try:
        import weasyprint  # noqa: F401  it loads Pango when it is imported
    except (ImportError, OSError):
        return False
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # else it tells of each page
    return True


def start(*, host: Host, photos: str) -> Job:
    """The worker makes her book. Raises `NotAllowed`."""
    if host.person is None or photos not in CHOICES:
        raise NotAllowed
    options = {"host": host.pk, "photos": photos}
    return jobs.start(space=host.space, person=host.person, kind=JobKind.KEEPSAKE, options=options)


def work(job: Job, tell: Tell) -> bool:
    """For the worker: the whole book, as one piece."""
    if not available():
        raise Stuck("no_pdf")
    host = host_of(job)
    with translation.override(language_of(host.person)), timezone.override(zone_of(host)):
        pdf = printed(book(host=host, photos=str(job.options.get("photos", ALL))))
    tell(1, 2)
    with sealed_file.Writer(job.space, job.file) as out:
        out.write(pdf)
    job.options = {**job.options, "size": out.size}
    audit.record(action="book made", actor=audit.host(host), space=host.space)
    return True


def book(*, host: Host, photos: str) -> Book:
    """What is in her book."""
    letters, candles = _letters(host)
    updates = Update.objects.filter(host=host, withdrawn_at=None).exclude(published_at=None)
    chapters = [
        Chapter(update.body, update.published_at, _pictures(update, photos), letters.pop(update.pk, []))
        for update in updates.select_related("space")
        .prefetch_related("photos__space")
        .order_by("published_at")
        if update.published_at
    ]
    rest = sorted((page for pages in letters.values() for page in pages), key=lambda page: page.at)
    return Book(host, chapters, rest, candles)


def zone_of(host: Host) -> Any:
    """By which clock her dates are."""
    return zone_named(host.person.time_zone if host.person else "UTC")


def printed(book: Book) -> bytes:
    """The book as a PDF. Nothing is fetched but the photos, and those from here."""
    import weasyprint

    pictures = {str(one.pk): one for chapter in book.chapters for one in chapter.photos}
    paper = "letter" if book.host.space.country in _LETTER_PAPER else "A4"
    known = {"book": book, "space": book.host.space, "picture": _PICTURE, "paper": paper}
    html = render_to_string("space/takeaway/book.html", known)
    made = weasyprint.HTML(string=html, url_fetcher=_fetcher(pictures))
    return bytes(made.write_pdf(pdf_tags=True))


def _fetcher(pictures: dict[str, Photo]) -> Callable[[str], Any]:
    """Gives the pictures of this book and nothing else, from no network and no disk."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]  # it has no types
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  its signature
            one = pictures.get(url.removeprefix(_PICTURE)) if url.startswith(_PICTURE) else None
            if one is None:
                raise ValueError("nothing is fetched from elsewhere")
            data = photo.read(photo=one)
            return URLFetcherResponse(url, data, {"Content-Type": media_type(data)})

    fetcher: Callable[[str], Any] = Fetcher()
    return fetcher


def _letters(host: Host) -> tuple[dict[Any, list[Page]], list[str]]:
    """What came to her and is in her sight, by the update it answers; and who lit a candle."""
    fates = Fate.objects.filter(host=host, state=State.DELIVERED, put_away_at=None)
    cut = hidden_since(host=host)
    if cut is not None:
        fates = fates.filter(decided_at__lt=cut)
    found = list(
        fates.select_related("message__space")
        .prefetch_related("message__answers__space")
        .order_by("message__received_at", "message_id")
    )
    texts = newest_of([fate.message_id for fate in found])
    letters: dict[Any, list[Page]] = {}
    for fate in found:
        if fate.message.kind in _WRITTEN:
            page = _page(fate, texts[fate.message_id].body)
            letters.setdefault(fate.message.update_id, []).append(page)
    candles = [fate.message.sender for fate in found if fate.message.kind == Kind.CANDLE]
    return letters, list(dict.fromkeys(name for name in candles if name))


def _page(fate: Fate, text: str) -> Page:
    message = fate.message
    own = [one.body for one in message.answers.all() if one.host_id == fate.host_id and one.body]
    return Page(message.sender, text, message.received_at, "\n".join(own))


def _pictures(update: Update, choice: str) -> list[Photo]:
    if choice == NONE:
        return []
    chosen = sorted(update.photos.all(), key=lambda one: one.created_at)
    return [one for one in chosen if choice == ALL or not one.covered]
