"""The app as Django knows it."""

from django.apps import AppConfig


class SpaceConfig(AppConfig):
    """`beside.space`, labelled `space`."""

    name = "beside.space"
    label = "space"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What forms say where they say nothing of their own, in Beside's words."""
        from django.forms import ChoiceField, EmailField, Field
        from django.utils.translation import gettext_lazy as _

        Field.default_error_messages["required"] = _("Please fill this in.")
        EmailField.default_error_messages = {"invalid": _("This does not look like an e-mail address.")}
        ChoiceField.default_error_messages["invalid_choice"] = _("Please choose one of what stands there.")
