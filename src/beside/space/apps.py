"""The app as Django knows it."""

from django.apps import AppConfig


class SpaceConfig(AppConfig):
    """`beside.space`, labelled `space`."""

    name = "beside.space"
    label = "space"
    default_auto_field = "django.db.models.BigAutoField"
