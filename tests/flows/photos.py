"""A photo for journeys: drawn here, so that nobody's is needed."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from beside.space.models import Photo
from beside.space.verbs import photo
from tests.space.conftest import Place


def picture() -> bytes:
    """A small light on a dark ground."""
    drawn = Image.new("RGB", (480, 320), (58, 62, 74))
    pen = ImageDraw.Draw(drawn)
    for radius in range(150, 0, -1):
        glow = tuple(
            int(low + (high - low) * (1 - radius / 150) ** 2)
            for low, high in ((58, 252), (62, 222), (74, 160))
        )
        pen.ellipse((240 - radius, 150 - radius, 240 + radius, 150 + radius), fill=glow)
    pen.rounded_rectangle((225, 170, 255, 300), 6, fill=(236, 228, 214))
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", quality=80)
    return kept.getvalue()


def add_photo(place: Place, alt: str = "A candle", covered: bool = True, words: str = "") -> Photo:
    """To what the space shares."""
    given = {
        "alt": alt,
        "covered": covered,
        "cover_words": words or "This is our daughter. Open when you like.",
    }
    return photo.add(host=place.host, update=place.update, data=picture(), **given)
