"""The routes of a friend who reads first."""

from django.urls import URLPattern, path

from beside.space.web import moderator_invitation, moderator_people, moderator_queue

_SPACE = "m/<uuid:space_id>/"

urlpatterns: list[URLPattern] = [
    path("read-first/", moderator_invitation.answer, name="moderator_answer"),
    path("read-first/<str:token>/", moderator_invitation.invitation, name="moderator_invitation"),
    path(_SPACE, moderator_queue.home, name="moderator_home"),
    path(f"{_SPACE}message/<uuid:message_id>/", moderator_queue.message, name="moderator_message"),
    path(f"{_SPACE}message/<uuid:message_id>/decide/", moderator_queue.decide, name="moderator_decide"),
    path(f"{_SPACE}message/<uuid:message_id>/note/", moderator_queue.note, name="moderator_note"),
    path(f"{_SPACE}alike/", moderator_queue.alike, name="moderator_alike"),
    path(f"{_SPACE}objections/", moderator_people.objections, name="moderator_objections"),
    path(f"{_SPACE}objections/<int:objection_id>/", moderator_people.objection, name="moderator_objection"),
    path(f"{_SPACE}notes/", moderator_people.notes, name="moderator_notes"),
    path(f"{_SPACE}senders/", moderator_people.senders, name="moderator_senders"),
    path(f"{_SPACE}senders/<uuid:guest_id>/", moderator_people.sender, name="moderator_sender"),
    path(f"{_SPACE}step-down/", moderator_people.step_down, name="moderator_step_down"),
]
