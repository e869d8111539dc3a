"""Sign-in by mailed code: no password, nobody learns who has an account."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from beside.space.models import Person

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "known@host.example", "unknown@host.example"


@pytest.fixture(autouse=True)
def _ready(installation):
    cache.clear()  # allauth counts tries there
    person = Person.objects.create_user(KNOWN)
    EmailAddress.objects.create(user=person, email=KNOWN, verified=True, primary=True)


def code_in(message):
    return re.search(r"^([A-Z0-9-]{6,})$", message.body, re.MULTILINE)[1]


def test_a_code_by_mail_signs_in(client):
    asked = client.post(reverse("account_request_login_code"), {"email": KNOWN})
    assert asked.status_code == 302
    assert [message.to for message in mail.outbox] == [[KNOWN]]
    assert mail.outbox[0].subject == "Your code"
    answered = client.post(asked.url, {"code": code_in(mail.outbox[0])})
    assert (answered.status_code, answered.url) == (302, "/home/")
    assert client.get("/home/").status_code == 200


def test_a_wrong_code_does_not(client):
    asked = client.post(reverse("account_request_login_code"), {"email": KNOWN})
    assert client.post(asked.url, {"code": "WRONG1"}).status_code == 200
    assert client.get("/home/").status_code == 302


def test_known_and_unknown_addresses_are_answered_alike(client):
    answers = []
    for address in (KNOWN, UNKNOWN):
        client.cookies.clear()
        asked = client.post(reverse("account_request_login_code"), {"email": address})
        page = client.get(asked.url)
        text = re.sub(
            r'value="[^"]{20,}"|nonce="[^"]+"', "", page.content.decode().replace(address, "ADDRESS")
        )
        answers.append((asked.status_code, asked.url, page.status_code, text))
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[KNOWN], [UNKNOWN]]


def test_a_new_account_is_made_with_an_address_and_a_code(client):
    asked = client.post(reverse("account_signup"), {"email": UNKNOWN})
    assert asked.status_code == 302
    client.post(asked.url, {"code": code_in(mail.outbox[-1])})
    person = Person.objects.get(email=UNKNOWN)
    assert (person.may_open_spaces, person.is_operator, person.has_usable_password()) == (False, False, False)
    assert client.get("/home/").status_code == 200


def test_the_session_has_a_new_id_after_signing_in(client):
    client.get(reverse("account_login"))
    asked = client.post(reverse("account_request_login_code"), {"email": KNOWN})
    before = client.session.session_key
    client.post(asked.url, {"code": code_in(mail.outbox[0])})
    assert client.session.session_key != before


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_request_login_code"])
def test_the_pages_have_one_heading_and_labelled_fields(client, name):
    page = client.get(reverse(name)).content.decode()
    assert page.count("<h1>") == 1
    fields = re.findall(r'<input (?:type="email")[^>]*id="([^"]+)"', page)
    assert fields
    assert all(f'for="{field}"' in page for field in fields)


def test_signing_out_ends_the_session(client):
    client.force_login(Person.objects.get(email=KNOWN))
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get("/home/").status_code == 302
