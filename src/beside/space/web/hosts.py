"""The host's routes. Every one but the opening and the other parent's invitation is below her space."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from beside.space.web import (
    host_leave,
    host_looks,
    host_open,
    host_people,
    host_reading,
    host_rules,
    host_space,
    host_updates,
)


def _in(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(f"h/<uuid:space_id>/{route}", view, name=name)


_LETTER, _UPDATE = "came/<uuid:message_id>/", "write/<uuid:update_id>/"
_PERSON, _CIRCLE = "people/<uuid:guest_id>/", "circles/<int:circle_id>/"

urlpatterns: list[Any] = [
    path("open/", host_open.opening, name="open"),
    path("host/<str:token>/", host_leave.join, name="host_invitation"),
    _in("", host_reading.home, "host_home"),
    _in("open/done/", host_open.opened, "open_done"),
    _in("open/<slug:step>/", host_open.step, "open_step"),
    _in("looked-in/", host_looks.looked_in, "host_looked_in"),
    # what came in
    _in("came/", host_reading.came, "host_came"),
    _in("came/anyway/", host_reading.open_anyway, "host_open_anyway"),
    _in("away/", host_reading.away, "host_away"),
    _in(_LETTER + "heart/", host_reading.heart, "host_heart"),
    _in(_LETTER + "answer/", host_reading.answer, "host_answer"),
    _in(_LETTER + "away/", host_reading.put_away, "host_put_away"),
    _in(_LETTER + "back/", host_reading.bring_back, "host_bring_back"),
    _in(_LETTER + "friend/", host_reading.hand_over, "host_hand_over"),
    _in(_LETTER + "help/", host_reading.offer, "host_offer"),
    # what she shares
    _in("updates/", host_updates.updates, "host_updates"),
    _in("write/", host_updates.write, "host_write"),
    _in(_UPDATE, host_updates.update, "host_update"),
    _in(_UPDATE + "words/", host_updates.edit, "host_edit"),
    _in(_UPDATE + "photos/", host_updates.photos, "host_photos"),
    _in(_UPDATE + "photos/<uuid:photo_id>/away/", host_updates.photo_away, "host_photo_away"),
    _in(_UPDATE + "share/", host_updates.publish, "host_share"),
    _in(_UPDATE + "link/", host_updates.new_link, "host_update_link"),
    _in(_UPDATE + "withdraw/", host_updates.withdraw, "host_withdraw"),
    _in(_UPDATE + "discard/", host_updates.discard, "host_discard"),
    # her people
    _in("people/", host_people.people, "host_people"),
    _in("people/invite/", host_people.invite, "host_invite"),
    _in(_PERSON, host_people.person, "host_person"),
    _in(_PERSON + "link/", host_people.new_link, "host_new_link"),
    _in(_PERSON + "away/", host_people.revoke, "host_revoke"),
    _in(_PERSON + "asked/", host_reading.request_answered, "host_request"),
    _in("circles/", host_people.circles, "host_circles"),
    _in(_CIRCLE, host_people.circle, "host_circle"),
    _in(_CIRCLE + "away/", host_people.circle_away, "host_circle_away"),
    # what is welcome
    _in("rules/", host_rules.rules, "host_rules"),
    _in("rules/<slug:what>/", host_rules.rule, "host_rule"),
    # the space itself
    _in("space/", host_space.space, "host_space"),
    _in("about/<slug:what>/", host_space.about, "host_about"),
    _in("pause/", host_space.pausing, "host_pause"),
    _in("quiet/", host_space.quiet_hours, "host_quiet_hours"),
    _in("notices/", host_space.notices, "host_notices"),
    _in("friends/", host_space.friends, "host_friends"),
    _in("friends/ask/", host_space.ask_friend, "host_ask_friend"),
    _in("friends/volunteer/", host_space.volunteer, "host_volunteer"),
    _in("friends/nobody/", host_space.nobody, "host_nobody"),
    _in("friends/<int:moderator_id>/thank/", host_space.thank_friend, "host_thank_friend"),
    _in("safety/", host_space.safety, "host_safety"),
    _in("exit/", host_space.quick_exit, "host_quick_exit"),
    _in("second/", host_leave.second, "host_second"),
    _in("second/<int:invitation_id>/back/", host_leave.second_back, "host_second_back"),
    _in("leave/", host_leave.leaving, "host_leave"),
    _in("erase/", host_leave.erase, "host_erase"),
    _in("erase/keep/", host_leave.keep, "host_keep"),
]
