"""A passkey is one more way in: added, used, and never needed where a mailed code will do."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator


@pytest.fixture
def ada(visitor, place):
    """Ada on a computer with a lock of its own."""
    person = place.host.person
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    one = visitor(person)
    _lock(one)
    return one


def _lock(one, verified=True):
    devtools = one.context.new_cdp_session(one.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _add(one, name):
    one.go("/home/")
    one.press("Sign in with a passkey from now on")
    one.press("Add a passkey")
    one.fill("What to call it", name)
    one.press("Add a passkey")
    one.reads(name)


def _by_code(one, address, mailoutbox):
    one.go("/account/login/")
    one.fill("E-mail address", address)
    one.press("Send me a code")
    code = re.search(r"^([A-Z0-9-]{6,})$", mailoutbox[-1].body, re.MULTILINE)[1]
    one.page.get_by_label("Code").fill(code)
    one.press("Go on")


def _sign_out(one):
    one.go("/home/")
    one.press("Sign out")


def test_it_signs_in_and_a_mailed_code_still_does(ada, place, mailoutbox):
    _add(ada, "Old phone")
    assert Authenticator.objects.get().wrap().is_passwordless
    _sign_out(ada)
    ada.go("/account/login/")
    ada.press("Sign in with a passkey")
    assert ada.page.url == f"{ada.url}/home/"
    _sign_out(ada)
    _by_code(ada, place.host.person.email, mailoutbox)
    assert ada.page.url == f"{ada.url}/home/"


def test_a_lost_one_is_removed_after_a_mailed_code(ada, place, mailoutbox):
    _add(ada, "Lost phone")
    _sign_out(ada)
    _by_code(ada, place.host.person.email, mailoutbox)
    ada.press("Sign in with a passkey from now on")
    ada.press("Remove it")
    ada.reads("Lost phone", "You can still sign in with a code by mail.")
    ada.press("Remove it")
    ada.reads_not("Lost phone")
    assert not Authenticator.objects.exists()


def test_two_devices_each_have_their_own(ada, visitor, place, mailoutbox):
    _add(ada, "Computer")
    phone = visitor(phone=True)
    _lock(phone)
    _by_code(phone, place.host.person.email, mailoutbox)
    _add(phone, "Phone")
    phone.reads("Computer", "Phone")
    for one in (ada, phone):
        _sign_out(one)
        one.go("/account/login/")
        one.press("Sign in with a passkey")
        assert one.page.url == f"{one.url}/home/"


def test_who_cancels_is_told_and_loses_nothing(visitor, place):
    one = visitor(place.host.person)
    _lock(one, verified=False)
    one.go("/account/2fa/webauthn/add/")
    one.page.get_by_role("button", name="Add a passkey").click()
    one.reads("That did not work. Nothing was changed")
    assert not Authenticator.objects.exists()
    assert one.accessible() == []


def test_who_came_in_long_ago_shows_the_passkey_first(ada, place):
    _add(ada, "This phone")
    ada.press("Remove it")  # her browser's session says nothing of how she came in
    ada.reads("Is it you?")
    ada.press("Use my passkey")
    ada.reads("Remove this passkey?")
    assert [ada.accessible(), ada.ill_fitting()] == [[], []]


def test_its_pages_are_accessible(ada):
    _add(ada, "Phone")
    found = []
    for path in ("", "webauthn/", "webauthn/add/", f"webauthn/keys/{Authenticator.objects.get().pk}/edit/"):
        ada.go(f"/account/2fa/{path}")
        found += ada.accessible() + ada.ill_fitting()
    assert found == []
