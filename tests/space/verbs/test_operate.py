"""The first operator, the set-up that cannot be finished too early, and who may open spaces."""

from __future__ import annotations

import pytest

from beside.space.models import AuditEntry, Helpline, Installation, Person
from beside.space.verbs import helplines, open_space, operate
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.tokens import token_hash

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.BESIDE_SETUP_CODE = ""
    return settings.DATA


@pytest.fixture
def operator():
    return Person.objects.create_user("op@operator.example", is_operator=True)


def confirm(country: str, person: Person) -> None:
    line = Helpline(country=country, service="Line", number="1", is_crisis=True)
    helplines.save(person=person, helpline=line, checked_by="Op")


class TestSetupCode:
    def test_is_returned_once_and_kept_as_a_hash_that_only_the_owner_reads(self, data):
        code = operate.setup_code()
        file = data / "setup-code"
        assert file.read_text() == token_hash(code.replace("-", ""))
        assert (len(code.replace("-", "")), file.stat().st_mode & 0o777) == (32, 0o600)

    def test_a_new_one_ends_the_old_one(self):
        old, new = operate.setup_code(), operate.setup_code()
        assert old != new
        with pytest.raises(Refused):
            operate.claim(code=old, email="op@operator.example")
        assert operate.claim(code=new, email="op@operator.example").is_operator is True

    def test_there_is_none_once_there_is_an_operator(self, data, operator):
        (data / "setup-code").write_text("left over")
        assert (operate.setup_code(), (data / "setup-code").exists()) == (None, False)

    def test_the_operators_own_code_takes_its_place(self, settings):
        settings.BESIDE_SETUP_CODE = token_hash("mine").upper()
        assert operate.setup_code() is None
        assert operate.claim(code="Mine", email="op@operator.example").is_operator is True


class TestClaim:
    def test_makes_the_first_operator_once(self, data):
        code = operate.setup_code()
        person = operate.claim(code=f" {code.upper()} ", email="Op@Operator.example")
        assert (person.email, person.is_operator, person.has_usable_password()) == (
            "op@operator.example",
            True,
            False,
        )
        assert (data / "setup-code").exists() is False
        with pytest.raises(Refused):
            operate.claim(code=code, email="second@operator.example")
        assert list(AuditEntry.objects.values_list("action", "actor")) == [
            ("first operator", f"person {person.pk}")
        ]

    @pytest.mark.parametrize("code", ["", "-", "0" * 32, "setup-code"])
    def test_nothing_but_the_code_will_do(self, code):
        operate.setup_code()
        with pytest.raises(Refused):
            operate.claim(code=code, email="op@operator.example")
        assert Person.objects.count() == 0

    def test_no_code_was_made_so_none_fits(self):
        with pytest.raises(Refused):
            operate.claim(code="", email="op@operator.example")

    def test_takes_over_no_account(self):
        Person.objects.create_user("mira@host.example")
        with pytest.raises(Refused):
            operate.claim(code=operate.setup_code(), email="Mira@host.example")
        assert operate.has_operator() is False

    def test_somebody_signed_in_keeps_their_account(self):
        person = Person.objects.create_user("mira@host.example")
        assert operate.claim(code=operate.setup_code(), person=person) == person


class TestFinish:
    def test_lists_what_is_missing_and_refuses(self, operator):
        assert operate.missing() == ["contact", "safeguarding", "countries"]
        operate.change(person=operator, contact_email="c@operator.example", countries=["GB", "IE"])
        operate.change(person=operator, safeguarding_name="Safe", safeguarding_email="s@operator.example")
        confirm("GB", operator)
        assert operate.missing() == ["help:IE"]
        with pytest.raises(Refused):
            operate.finish(person=operator)
        assert operate.installation().set_up_at is None

    def test_an_unconfirmed_line_or_one_for_later_does_not_count(self, operator):
        operate.change(person=operator, countries=["GB"])
        helplines.offer(country="GB")
        line = Helpline(country="GB", service="Sands", number="1", is_crisis=False)
        helplines.save(person=operator, helpline=line, checked_by="Op")
        assert "help:GB" in operate.missing()

    def test_opens_when_all_is_there(self, operator):
        operate.change(
            person=operator,
            contact_email="c@operator.example",
            safeguarding_name="Safe",
            safeguarding_email="s@operator.example",
            countries=["GB"],
        )
        confirm("GB", operator)
        operate.finish(person=operator)
        assert operate.installation().set_up_at is not None


class TestChange:
    def test_is_the_operators_alone(self, installation):
        person = Person.objects.create_user("x@x.example")
        for act in (
            lambda: operate.change(person=person, name="Mine"),
            lambda: operate.let_open(person=person, email="y@x.example"),
            lambda: operate.stop_opening(person=person, whom=person),
            lambda: operate.finish(person=person),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert Installation.objects.get().name == "Beside"

    def test_reaches_no_other_field(self, installation, operator):
        with pytest.raises(NotAllowed):
            operate.change(person=operator, set_up_at=None)

    @pytest.mark.parametrize(
        ("name", "empty"),
        [("contact_email", ""), ("safeguarding_name", ""), ("safeguarding_email", ""), ("countries", [])],
    )
    def test_empties_nothing_that_is_needed_while_open(self, installation, operator, name, empty):
        with pytest.raises(Refused):
            operate.change(person=operator, **{name: empty})
        assert getattr(Installation.objects.get(), name) == getattr(installation, name)

    def test_is_recorded_by_name_and_not_by_value(self, installation, operator):
        operate.change(person=operator, house_rules="Be kind.", grace_days=7)
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.codes, entry.reason) == (
            "settings changed",
            ["grace_days", "house_rules"],
            "",
        )


class TestOpening:
    def test_by_address_before_somebody_has_an_account_and_after(self, installation, operator):
        ada = Person.objects.create_user("ada@host.example")
        for email in ("Ada@host.example ", "new@host.example"):
            operate.let_open(person=operator, email=email)
        assert [open_space.may_open(person=one) for one in Person.objects.exclude(pk=operator.pk)] == [
            True,
            True,
        ]
        operate.stop_opening(person=operator, whom=ada)
        assert open_space.may_open(person=Person.objects.get(pk=ada.pk)) is False

    def test_anybody(self, installation, operator):
        stranger = Person.objects.create_user("x@x.example")
        assert open_space.may_open(person=stranger) is False
        operate.change(person=operator, anyone_may_open=True)
        assert open_space.may_open(person=stranger) is True
