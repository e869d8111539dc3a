"""The routes of guests, and of those who are on the way to be one."""

from __future__ import annotations

from beside.space.web import guest_entry, guest_own, guest_reading, guest_writing

urlpatterns = [
    *guest_entry.urlpatterns,
    *guest_reading.urlpatterns,
    *guest_writing.urlpatterns,
    *guest_own.urlpatterns,
]
