"""One photo: bytes in, clean bytes out, or a refusal.

`clean` decodes and encodes anew, so that nothing but the picture is left: no place, no time, no comment, no
bytes behind it. `clean_apart` does so in a child process with little memory and little time, which is the way
to treat what strangers send: a bomb ends the child alone. Run as a program, it is that child.

Nothing is written to disk, and no original is kept. Tests belong in `tests/test_photo.py`.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import warnings
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from PIL import Image, ImageCms, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin

MOST_BYTES = 12_000_000
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2000
MEMORY = 600 * 1024 * 1024
SECONDS = 10

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_REFUSED = 3
_CHILD: dict[str, Any] = {
    "capture_output": True,
    "timeout": 30,
    "check": False,
    "env": {"MALLOC_ARENA_MAX": "1"},
}
# each child may take MEMORY; more uploads than this wait for their turn
_children = BoundedSemaphore(2)


class Refusal(Exception):
    """A photo that is not taken. `code`: "bytes", "pixels", "kind" or "broken"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Clean:
    """A picture and nothing else."""

    data: bytes
    width: int
    height: int


def media_type(data: bytes) -> str:
    """What a clean photo is served as."""
    return "image/webp" if data[:4] == b"RIFF" else "image/jpeg"


def clean_apart(data: bytes) -> Clean:
    """A clean photo, made in a child process with limits. Raises `Refusal`."""
    if len(data) > MOST_BYTES:
        raise Refusal("bytes")
    # isolated, and by its path: the child loads Pillow and nothing else of ours
    command = [sys.executable, "-I", __file__]
    with _children:
        try:
            done = subprocess.run(command, input=data, **_CHILD)  # noqa: S603  our own file
        except subprocess.TimeoutExpired:
            raise Refusal("broken") from None
    return _answer(done.returncode, done.stdout)


def clean(data: bytes) -> Clean:
    """A clean photo, made in this process. Raises `Refusal`."""
    if len(data) > MOST_BYTES:
        raise Refusal("bytes")
    with _opened(data) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Refusal("pixels")
        try:
            return _encoded(_redrawn(image))
        except Exception:  # noqa: BLE001  a decoder given a stranger's bytes may raise anything
            raise Refusal("broken") from None


def _answer(status: int, output: bytes) -> Clean:
    if status == _REFUSED:
        raise Refusal(output.decode())
    if status:
        raise Refusal("broken")
    size, _, data = output.partition(b"\n")
    width, height = map(int, size.split())
    return Clean(data, width, height)


def _opened(data: bytes) -> Image.Image:
    """The header alone, of the four formats alone; nothing is decoded yet."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if data[:3] == b"\xff\xd8\xff":  # as one picture, whatever a phone has hung on behind it
                return JpegImagePlugin.JpegImageFile(io.BytesIO(data))
            return Image.open(io.BytesIO(data), formats=_formats(data))
    except Image.DecompressionBombError:
        raise Refusal("pixels") from None
    except UnidentifiedImageError:
        raise Refusal("kind") from None
    except Exception:  # noqa: BLE001  see above
        raise Refusal("broken") from None


def _formats(data: bytes) -> tuple[str, ...]:
    """What to try; each is known to Pillow once its module is loaded."""
    if data[4:8] != b"ftyp":
        return (PngImagePlugin.PngImageFile.format, WebPImagePlugin.WebPImageFile.format)
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener()
    return ("HEIF",)


def _redrawn(image: Image.Image) -> Image.Image:
    """The first picture: small, in plain colours, the right way up."""
    scale = min(1.0, LONGEST_SIDE / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    image.draft(None, size)  # a large JPEG is decoded at a fraction of its size
    image.load()
    turn = _turn(image)
    small = _resizable(image).resize(size, Image.Resampling.LANCZOS)
    plain = _coloured(small, image.info.get("icc_profile"))
    return plain.transpose(turn) if turn is not None else plain


def _turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001  broken metadata is no reason to refuse the picture
        return None


def _resizable(image: Image.Image) -> Image.Image:
    """The same picture in a mode that can be made smaller smoothly."""
    if image.mode.startswith("I"):  # 16 bits of grey, as an ultrasound may come
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("P", "1", "PA"):
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _coloured(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB: the camera's profile is applied, then forgotten."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            found = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
            image = found or image
        except Exception:  # noqa: BLE001, S110  a broken profile is no reason to refuse the picture
            pass
    return image.convert(mode)


def _encoded(image: Image.Image) -> Clean:
    """Pasted onto a new image, which has no past."""
    see_through = image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255)
    fresh = Image.new("RGBA" if see_through else "RGB", image.size)
    fresh.paste(image)
    out = io.BytesIO()
    if see_through:
        fresh.save(out, "WEBP", quality=85)
    else:
        fresh.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    return Clean(out.getvalue(), *fresh.size)


def _limit() -> None:
    """Little memory, little time, no file and no process of its own."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> int:
    """The child: a photo on standard input; its size and the clean photo on standard output."""
    _limit()
    try:
        found = clean(sys.stdin.buffer.read(MOST_BYTES + 1))
    except Refusal as refusal:
        sys.stdout.write(refusal.code)
        return _REFUSED
    sys.stdout.buffer.write(f"{found.width} {found.height}\n".encode() + found.data)
    return 0


if __name__ == "__main__":
    if __package__:  # started by its name, so that the package has loaded the gate: once more without it
        os.execv(sys.executable, [sys.executable, "-I", __file__])  # noqa: S606  our own file
    sys.exit(main())
