"""Settings for the tests: everything kept in a folder that goes away, and no built static files."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = tempfile.mkdtemp(prefix="beside-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ.setdefault("BESIDE_DATA", f"{_FOLDER}/data")
Path(_FOLDER, "data", "static").mkdir(parents=True)

from beside.server.settings import *  # noqa: E402, F403

STORAGES = {  # type: ignore[assignment]
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "sqlite3" in DATABASES["default"]["ENGINE"]:  # type: ignore[operator]  # noqa: F405
    # a file, as on a real machine: in memory all threads of the live server would share one connection
    DATABASES["default"]["TEST"] = {"NAME": f"{_FOLDER}/test.sqlite3"}  # noqa: F405
# one that runs from right to left, without a catalogue: it speaks English, laid out the other way
LANGUAGES = [("en", "English"), ("ar", "العربية")]
