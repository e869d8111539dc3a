"""The same people as in the tests of the space."""

from tests.space.conftest import installation, place, vault  # noqa: F401
