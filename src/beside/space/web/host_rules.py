"""What is welcome: every answer of hers, each changed on a screen of its own, at any time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from beside.space.models import Host
from beside.space.verbs import welcome
from beside.space.verbs.wording import HURT_NAMES
from beside.space.web.access import host as hosts
from beside.space.web.host_page import page, posted
from beside.space.web.host_questions import QUESTIONS, RULES
from beside.space.web.host_wording import CAUTION, CHOICES, PRESETS, rule_words


@hosts("GET")
def rules(request: HttpRequest, host: Host) -> HttpResponse:
    """Everything as it stands now."""
    policy = host.policy
    return page(
        request,
        host,
        "rules",
        choices=_lines(host, {name: words.short for name, words in CHOICES.items()}),
        hurts=_lines(host, HURT_NAMES),
        caution=dict(CAUTION)[policy.caution.value],
        caution_later="caution" not in host.rules,
        preset=dict(PRESETS).get(str(host.rules.get("preset", ""))),
    )


@hosts("GET", "POST")
def rule(request: HttpRequest, host: Host, what: str) -> HttpResponse:
    """One of them."""
    if what not in RULES:
        raise Http404
    question = QUESTIONS[what]
    form = question.form(host, posted(request))
    if request.method == "POST" and form.is_valid():
        question.save(host, form.cleaned_data)
        messages.success(request, _("It is kept. What came before was looked at again."))
        return redirect("host_rules", host.space_id)
    back = reverse("host_rules", args=[host.space_id])
    return page(request, host, "question", question=question, form=form, back=back)


def _lines(host: Host, wording: dict[str, Any]) -> list[dict[str, Any]]:
    answers, policy = welcome.answers(host=host), host.policy
    return [
        {
            "name": name,
            "words": words,
            "rule": rule_words(policy.labels[name], host.space),
            "later": name not in answers,
        }
        for name, words in wording.items()
    ]
