"""One person's browser, and what is asked of every page that it sees."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from PIL import Image
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# what may differ between light and dark; everything else is the same page
OF_COLOUR = ["color-contrast", "link-in-text-block"]
_AXE = (
    "options => axe.run(document, {...options, resultTypes: ['violations']}).then(found => found.violations)"
)
_TOO_SMALL = """() => [...document.querySelectorAll(
    'a[href], button, summary, select, textarea, input:not([type=hidden])')].filter(one => {
  const box = one.getBoundingClientRect(), label = one.closest('label')?.getBoundingClientRect();
  if (!box.width || !box.height || one.matches('.skip')) return false;
  const inline = one.matches('a') && getComputedStyle(one).display === 'inline'
    && [...one.parentNode.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  return !inline && Math.max(box.height, label?.height ?? 0) < 24;
}).map(one => one.outerHTML.slice(0, 120))"""
_WIDE = """() => document.documentElement.scrollWidth > innerWidth
  ? [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
      .map(one => one.outerHTML.slice(0, 120)).slice(0, 3) : []"""


@dataclass
class Visitor:
    """`problems` collects what a page must never do; `clicks` counts what was pressed."""

    context: BrowserContext
    page: Page
    url: str
    problems: list[str] = field(default_factory=list)
    clicks: int = 0

    def go(self, path: str) -> Page:
        self.page.goto(path if "://" in path else self.url + path)
        return self.page

    def press(self, name: str, within: str | Locator = "body") -> None:
        """The one button or link of that name; waits for the page that it leads to."""
        with self.page.expect_navigation():
            self._named(name, within).click()
        self.clicks += 1

    def take(self, name: str) -> Path:
        """Presses what gives a file; where it lies."""
        with self.page.expect_download() as coming:
            self._named(name, "body").click()
        return Path(coming.value.path())

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label).fill(words)

    def choose(self, label: str) -> None:
        """A radio button or a tick."""
        self.page.get_by_label(label, exact=True).check()

    def open(self, summary: str) -> None:
        """What is folded."""
        self.page.locator("summary", has_text=summary).click()

    def reads(self, *words: str) -> None:
        for some in words:
            expect(self.page.locator("main")).to_contain_text(some)

    def reads_not(self, *words: str) -> None:
        for some in words:
            expect(self.page.locator("main")).not_to_contain_text(some)

    def marked(self) -> str:
        """The words that are marked on the page."""
        return " ".join(self.page.locator("main mark").all_inner_texts())

    def accessible(self, schemes: tuple[str, ...] = ("light", "dark")) -> list[str]:
        """What axe finds against WCAG 2.2 AA on the page as it stands: everything in the first colour scheme,
        what colours can change in the others."""
        found, options = [], {"runOnly": {"type": "tag", "values": WCAG}}
        self.page.evaluate(AXE_SCRIPT)
        for scheme in schemes:
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for one in self.page.evaluate(_AXE, options):
                where = [node["html"][:120] for node in one["nodes"][:3]]
                found.append(f"{scheme} {self.page.url} {one['id']}: {where}")
            options = {"runOnly": {"type": "rule", "values": OF_COLOUR}}
        self.page.emulate_media(color_scheme="light")
        return found

    def ill_fitting(self) -> list[str]:
        """What scrolls sideways, and what is too small to be hit."""
        wide = [f"{self.page.url} is too wide: {one}" for one in self.page.evaluate(_WIDE)]
        return wide + [f"{self.page.url} too small: {one}" for one in self.page.evaluate(_TOO_SMALL)]

    def picture(self, whole: bool = True) -> bytes:
        """The page as a small PNG."""
        self.page.evaluate("document.activeElement?.blur()")
        png = self.page.screenshot(full_page=whole, caret="initial")
        small = io.BytesIO()
        Image.open(io.BytesIO(png)).convert("RGB").quantize(48).save(small, "PNG", optimize=True)
        return small.getvalue()

    def _named(self, name: str, within: str | Locator) -> Locator:
        where = self.page.locator(within) if isinstance(within, str) else within
        button = where.get_by_role("button", name=name, exact=True)
        return button.or_(where.get_by_role("link", name=name, exact=True))


def watch(one: Visitor) -> None:
    """Notes every breach of the content security policy, every error of a script, every request to anybody
    else, everything that a page needs and does not get, and whatever breaks on the server."""
    home = urlsplit(one.url).netloc

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc != home:
            one.problems.append(f"a request to {parts.netloc}")

    def answered(response: Response) -> None:
        bad = 500 if response.request.resource_type == "document" else 400
        if response.status >= bad:
            one.problems.append(f"{response.status} for {response.url}")

    def said(message: ConsoleMessage) -> None:
        # what is not there is noted above, with its address
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            one.problems.append(f"{one.page.url}: {message.text}")

    one.context.on("request", asked)
    one.context.on("response", answered)
    one.page.on("console", said)
    one.page.on("pageerror", lambda error: one.problems.append(f"{one.page.url}: {error}"))
