"""Photos: what is taken, what is refused, and that nothing but the picture is left (I1 to I4, I8)."""

from __future__ import annotations

import io
import os
import resource
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from beside import photo

SECRET = b"SENTINEL-51.5007N"
RED, BLUE = (250, 10, 10), (10, 10, 250)


def written(image: Image.Image, form: str, **options) -> bytes:
    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def two_halves(width: int = 120, height: int = 80) -> Image.Image:
    """Red to the left, blue to the right."""
    image = Image.new("RGB", (width, height), RED)
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), fill=BLUE)
    return image


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def near(found: object, wanted: tuple[int, int, int]) -> bool:
    return isinstance(found, tuple) and all(
        abs(one - other) < 40 for one, other in zip(found[:3], wanted, strict=True)
    )


def refusal(data: bytes, how: Callable[[bytes], photo.Clean] = photo.clean) -> str:
    with pytest.raises(photo.Refusal) as refused:
        how(data)
    return refused.value.code


def exif(**tags: object) -> bytes:
    found = Image.Exif()
    found[0x0112] = tags.get("orientation", 1)
    found[0x010F] = SECRET.decode()
    found[0x927C] = SECRET  # maker note
    found.get_ifd(0x8825)[1] = SECRET.decode()[:2]
    found.get_ifd(0x8825)[29] = SECRET.decode()
    return found.tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_four_formats_come_out_as_jpeg_with_their_picture(form):
    found = photo.clean(written(two_halves(), form))
    image = opened(found.data)
    assert (image.format, image.size, (found.width, found.height)) == ("JPEG", (120, 80), (120, 80))
    assert near(image.getpixel((10, 40)), RED)
    assert near(image.getpixel((110, 40)), BLUE)
    assert photo.media_type(found.data) == "image/jpeg"


def test_what_can_be_seen_through_stays_so_as_webp():
    image = two_halves().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    found = photo.clean(written(image, "PNG"))
    assert opened(found.data).mode == "RGBA"
    assert photo.media_type(found.data) == "image/webp"
    assert opened(photo.clean(written(two_halves().convert("RGBA"), "PNG")).data).format == "JPEG"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_modes_that_cameras_scanners_and_ultrasounds_write(mode):
    grey = (
        Image.new("I;16", (90, 60), 128 << 8)
        if mode == "I;16"
        else Image.new("L", (90, 60), 128).convert(mode)
    )
    found = photo.clean(written(grey, "JPEG" if mode == "CMYK" else "PNG"))
    image = opened(found.data).convert("RGB")
    assert image.size == (90, 60)
    assert mode == "1" or near(image.getpixel((40, 30)), (128, 128, 128))


def test_the_longest_side_is_2000_and_small_ones_stay_as_they_are():
    wide = photo.clean(written(two_halves(4000, 1000), "JPEG"))
    tall = photo.clean(written(two_halves(30, 3000), "PNG"))
    small = photo.clean(written(two_halves(31, 17), "PNG"))
    assert [(one.width, one.height) for one in (wide, tall, small)] == [(2000, 500), (20, 2000), (31, 17)]


# where the left half of the picture ends up
TURNED = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"}
PLACES = {"left": (5, 40), "right": (115, 40), "top": (40, 5), "bottom": (40, 115)}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_orientation_is_applied_then_forgotten(form, orientation):
    found = photo.clean(written(two_halves(), form, exif=exif(orientation=orientation)))
    image = opened(found.data)
    assert near(image.getpixel(PLACES[TURNED[orientation]]), RED)
    assert dict(image.getexif()) == {}


def _with_everything(form: str) -> bytes:
    image = two_halves(600, 400)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SECRET
    options: dict[str, object] = {"exif": exif(), "icc_profile": profile}
    if form == "JPEG":
        options |= {"comment": SECRET, "xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"}
    elif form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", SECRET.decode())
        info.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=False)
        options |= {"pnginfo": info}
    else:
        options |= {"xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"}
    return written(image, form, **options) + b"trailing " + SECRET


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_no_metadata_comment_profile_or_trailing_byte_is_left(form):
    dirty = _with_everything(form)
    found = photo.clean_apart(dirty).data
    assert dirty.count(SECRET) >= 3  # there was something to lose
    assert SECRET not in found
    for part in (b"SENTINEL", b"Exif", b"http", b"ICC_PROFILE", b"xmp", b"trailing"):
        assert part not in found
    left = opened(found)
    assert {"exif", "icc_profile", "comment", "xmp", "XML:com.adobe.xmp"} & set(left.info) == set()


def test_an_iptc_block_and_a_thumbnail_go_too():
    plain = written(two_halves(), "JPEG")
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(SECRET)) + SECRET
    thumbnail = written(two_halves(16, 16), "JPEG", comment=SECRET)
    dirty = plain[:2] + _segment(0xED, iptc) + _segment(0xE2, b"MPF\0" + thumbnail) + plain[2:]
    assert dirty.count(SECRET) == 2
    assert SECRET not in photo.clean(dirty).data


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def test_colours_are_kept_as_the_cameras_own_profile_means_them():
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = plain.replace(b"rXYZ", b"tmp.").replace(b"bXYZ", b"rXYZ").replace(b"tmp.", b"bXYZ")
    found = opened(photo.clean(written(two_halves(), "PNG", icc_profile=swapped)).data)
    assert near(found.getpixel((10, 40)), BLUE)  # in that profile red means blue


def test_a_broken_profile_or_broken_exif_is_no_reason_to_refuse():
    data = written(two_halves(), "PNG", icc_profile=b"nothing of the kind", exif=b"Exif\0\0garbage")
    assert near(opened(photo.clean(data).data).getpixel((10, 40)), RED)


def test_only_the_first_picture_of_many():
    first, second = two_halves(), Image.new("RGB", (120, 80), (0, 250, 0))
    for form in ("WEBP", "PNG"):
        found = opened(photo.clean(written(first, form, save_all=True, append_images=[second] * 30)).data)
        assert near(found.getpixel((10, 40)), RED)
        assert getattr(found, "n_frames", 1) == 1


# bombs


def png(width: int, height: int, body: bytes = b"\0" * 100) -> bytes:
    """A PNG that says how large it is and holds next to nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(body)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@pytest.mark.parametrize("side", [9_000, 12_000, 20_000, 60_000])
def test_too_many_pixels_are_refused_from_the_header(side):
    started = time.process_time()
    assert refusal(png(side, side)) == "pixels"
    assert time.process_time() - started < 0.2


@pytest.mark.parametrize(("width", "height"), [(7072, 7072), (50_000_001, 1)])
def test_one_pixel_too_many(width, height):
    assert refusal(png(width, height)) == "pixels"
    assert photo.MOST_PIXELS == 50_000_000


def test_too_many_bytes_are_refused_unread():
    assert refusal(written(two_halves(), "JPEG") + b"\0" * photo.MOST_BYTES) == "bytes"
    assert refusal(b"\0" * (photo.MOST_BYTES + 1), photo.clean_apart) == "bytes"


def _text_bomb() -> bytes:
    plain = written(two_halves(), "PNG")
    bomb = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 60_000_000))
    return plain[:33] + bomb + plain[33:]


def _most_used(data: bytes) -> tuple[int, int]:
    """Exit status and the most memory (bytes) of one child that is given some bytes."""
    child = subprocess.Popen(
        [sys.executable, "-I", photo.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdin
    assert child.stdout
    assert child.stderr
    try:
        child.stdin.write(data)
        child.stdin.close()
    except BrokenPipeError:
        pass
    child.stdout.read()
    child.stdout.close()
    child.stderr.close()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    return status, usage.ru_maxrss * 1024


@pytest.mark.parametrize(
    "bomb", [png(9_000, 9_000), png(60_000, 60_000), _text_bomb()], ids=["81 Mpx", "3,600 Mpx", "text"]
)
def test_a_bomb_takes_little_memory_before_it_is_refused(bomb):
    _, plain = _most_used(written(two_halves(), "PNG"))
    status, used = _most_used(bomb)
    assert status != 0
    assert used - plain < 100 * 1024 * 1024


def test_a_webp_bomb_ends_the_child_and_nothing_else():
    huge = written(Image.new("RGB", (7000, 7000)), "WEBP", method=0, quality=1)
    assert len(huge) < 300_000
    assert refusal(huge, photo.clean_apart) == "broken"  # it asks for more memory than the child may have
    assert photo.clean_apart(written(two_halves(), "WEBP")).width == 120


def test_the_child_has_its_limits():
    code = (
        "import runpy, resource, sys; found = runpy.run_path(sys.argv[1]); found['_limit']();"
        "names = 'AS CPU FSIZE CORE'.split();"
        "print(*[resource.getrlimit(getattr(resource, 'RLIMIT_' + name))[1] for name in names])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, photo.__file__], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(600 * 1024 * 1024), "10", "0", "0"]


def test_it_is_a_program_of_its_own():
    command = [sys.executable, "-m", "beside.photo"]
    done = subprocess.run(command, input=written(two_halves(), "PNG"), capture_output=True, check=True)
    assert done.stdout.startswith(b"120 80\n\xff\xd8\xff")
    refused = subprocess.run(command, input=SVG, capture_output=True, check=False)
    assert (refused.returncode, refused.stdout) == (3, b"kind")


def test_a_child_that_takes_too_long_is_a_refusal(monkeypatch):
    monkeypatch.setitem(photo._CHILD, "timeout", 0.001)
    assert refusal(written(two_halves(), "JPEG"), photo.clean_apart) == "broken"


def test_a_phone_photo_of_48_megapixels_passes():
    rough = Image.effect_noise((2016, 1512), 20).resize((8064, 6048))
    data = written(Image.merge("RGB", [rough] * 3), "JPEG", quality=70)
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = photo.clean_apart(data)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (found.width, found.height) == (2000, 1500)
    assert ended.ru_utime + ended.ru_stime - started.ru_utime - started.ru_stime <= 2.0


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_png_of_just_under_50_megapixels_passes(mode):
    image = two_halves(8064, 6048).convert(mode)
    if mode == "RGBA":
        image.putalpha(100)
    assert photo.clean_apart(written(image, "PNG", compress_level=1)).width == 2000


# lies


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NOT_PHOTOS = {
    "svg": SVG,
    "svg with declaration": b'<?xml version="1.0"?>' + SVG,
    "html": b"<html><script>alert(1)</script></html>",
    "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "gif": written(two_halves(), "GIF"),
    "gif and script": b"GIF89a/*" + written(two_halves(), "GIF")[8:] + b"*/=1;alert(1)",
    "tiff": written(two_halves(), "TIFF"),
    "bmp": written(two_halves(), "BMP"),
    "ico": written(two_halves(32, 32), "ICO"),
    "mp4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 100,
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "nothing": b"",
    "one byte": b"\xff",
    "jpeg in name alone": b"\xff\xd8\xff\xe0 not really",
}


@pytest.mark.parametrize("name", NOT_PHOTOS)
def test_what_is_no_photo_of_the_four_formats_is_refused(name):
    assert refusal(NOT_PHOTOS[name], photo.clean_apart) in {"kind", "broken"}


@pytest.mark.parametrize(
    "payload", [b"<html><script>alert(1)</script></html>", b"PK\x03\x04 a zip", b"*/alert(1)//"]
)
def test_a_photo_that_is_something_else_too_loses_the_other_half(payload):
    plain = written(two_halves(), "JPEG")
    both = plain[:2] + _segment(0xFE, payload) + plain[2:] + payload
    assert both.count(payload) == 2
    assert payload not in photo.clean_apart(both).data


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_photo_that_is_cut_off_is_refused(form, share):
    data = written(Image.effect_noise((300, 300), 60).convert("RGB"), form)
    assert refusal(data[: int(len(data) * share)], photo.clean_apart) in {"broken", "kind"}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_damaged_bytes_are_a_photo_or_a_refusal_and_never_anything_else(form):
    data = bytearray(written(two_halves(60, 40), form))
    for place in range(0, len(data), max(1, len(data) // 60)):
        changed = bytearray(data)
        changed[place] ^= 0x5A
        try:
            assert photo.media_type(photo.clean(bytes(changed)).data).startswith("image/")
        except photo.Refusal as refused:
            assert refused.code in {"kind", "broken", "pixels"}  # noqa: PT017


# nothing on disk


def test_the_child_writes_no_file_even_when_it_is_killed(tmp_path):
    data = written(Image.effect_noise((3000, 3000), 60), "PNG", comment=SECRET)
    before = sorted(tmp_path.iterdir())
    child = subprocess.Popen(
        [sys.executable, "-I", photo.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        cwd=tmp_path,
        env={"TMPDIR": str(tmp_path)},
    )
    assert child.stdin
    child.stdin.write(data)
    child.stdin.close()
    time.sleep(0.15)  # in the middle of it
    child.kill()
    child.wait()
    assert sorted(tmp_path.iterdir()) == before


def test_the_room_knows_neither_django_nor_the_network():
    code = f"import runpy, sys; runpy.run_path({photo.__file__!r}); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {"PIL"} <= loaded
    assert {"django", "numpy", "onnxruntime", "ssl", "http.client"} & loaded == set()
    assert Path(photo.__file__).name == "photo.py"
