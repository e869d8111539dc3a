"""The operator's routes."""

from django.urls import URLPattern, path

from beside.space.web import (
    operator_complaints,
    operator_helplines,
    operator_settings,
    operator_setup,
    operator_spaces,
    operator_waiting,
)

# what stands under setup/ is reachable before the place is open
_FIRST_RUN = [
    path("setup/", operator_setup.setup, name="setup"),
    path("setup/finish/", operator_setup.finish, name="setup_finish"),
    path("setup/contact/", operator_setup.contact, name="operator_contact"),
    path("setup/safeguarding/", operator_setup.safeguarding, name="operator_safeguarding"),
    path("setup/countries/", operator_setup.served, name="operator_countries"),
    path("setup/helplines/", operator_helplines.listed, name="operator_helplines"),
    path("setup/helplines/<int:helpline_id>/", operator_helplines.edit, name="operator_helpline"),
    path("setup/helplines/new/<str:country>/", operator_helplines.new, name="operator_helpline_new"),
]

_RUNNING = [
    path("operator/", operator_settings.home, name="operator_home"),
    path("operator/house-rules/", operator_settings.house_rules, name="operator_house_rules"),
    path("operator/opening/", operator_settings.opening, name="operator_opening"),
    path("operator/opening/<int:person_id>/", operator_settings.stop_opening, name="operator_stop_opening"),
    path("operator/retention/", operator_settings.retention, name="operator_retention"),
    path("operator/quick-exit/", operator_settings.quick_exit, name="operator_quick_exit"),
    path("operator/reports/", operator_complaints.listed, name="operator_complaints"),
    path("operator/reports/taken-down/", operator_complaints.taken_down, name="operator_taken_down"),
    path("operator/reports/<int:complaint_id>/", operator_complaints.one, name="operator_complaint"),
    path(
        "operator/reports/<int:complaint_id>/take-down/",
        operator_complaints.take_down,
        name="operator_take_down",
    ),
    path("operator/spaces/", operator_spaces.find, name="operator_spaces"),
    path("operator/spaces/<uuid:space_id>/", operator_spaces.space, name="operator_space"),
    path("operator/spaces/<uuid:space_id>/look/", operator_spaces.look, name="operator_look"),
    path("operator/spaces/<uuid:space_id>/evidence/", operator_spaces.evidence_of, name="operator_evidence"),
    path("operator/log/", operator_spaces.log, name="operator_log"),
    path("operator/waiting/", operator_waiting.listed, name="operator_waiting"),
    path(
        "operator/waiting/objections/<int:objection_id>/",
        operator_waiting.objection,
        name="operator_objection",
    ),
    path(
        "operator/waiting/messages/<uuid:message_id>/",
        operator_waiting.left_waiting,
        name="operator_left_waiting",
    ),
    path("operator/waiting/erasures/<uuid:space_id>/", operator_waiting.erasure, name="operator_erasure"),
]

urlpatterns: list[URLPattern] = [*_FIRST_RUN, *_RUNNING]
