"""The same people as in the tests of the space."""

from tests.space.conftest import _vault, installation, place  # noqa: F401
