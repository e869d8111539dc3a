"""Hosts and the baby are named as the host wants it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from beside.space.models import Person, Words
from beside.space.verbs.open_space import add_host
from beside.space.verbs.wording import baby, hosts_of, named


@pytest.mark.django_db
def test_the_baby_goes_by_her_words(place):
    place.space.baby_name = "Noor"
    found = {}
    for words in Words:
        place.space.words = words
        found[words.value] = baby(place.space)
    assert found == {
        "baby": "their baby",
        "son": "their son",
        "daughter": "their daughter",
        "name": "Noor",
        "none": "",
    }


@pytest.mark.django_db
def test_hosts_are_named_while_they_are_here(place):
    names = ["Sam", "Kit"]
    for name in names:
        person = Person.objects.create_user(f"{name}@host.example")
        add_host(space=place.space, person=person, name=name, by=place.host)
    assert named(hosts_of(place.space)) == "Ada, Sam and Kit"
    place.space.hosts.exclude(pk=place.host.pk).update(left_at=timezone.now())
    assert named(hosts_of(place.space)) == "Ada"
    assert named([]) == "The parents"
