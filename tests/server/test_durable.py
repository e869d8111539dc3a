"""D5: a database that could lose what it acknowledged is refused."""

import pytest
from django.db import connection

from beside.server import durable


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="pragmas are SQLite's")
class TestSqlite:
    def test_weaker_settings_are_refused_by_name(self):
        durable.check()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=OFF")
        try:
            with pytest.raises(durable.NotDurableError, match=r"secure_delete = 0.*Set secure_delete to 1"):
                durable.check()
        finally:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA secure_delete=ON")
