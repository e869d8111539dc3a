"""The first run: from the code in the terminal to an open place, and not a step earlier."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from beside.space.models import Helpline, Installation, Person
from beside.space.verbs import operate

pytestmark = pytest.mark.django_db
SETUP = "/setup/"


@pytest.fixture(autouse=True)
def data(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.BESIDE_SETUP_CODE = ""


def claimed(client: Client) -> Person:
    code = operate.setup_code()
    response = client.post(SETUP, {"code": code, "email": "op@operator.example"})
    assert response.status_code == 302
    return Person.objects.get(email="op@operator.example")


def text(response) -> str:
    return response.content.decode()


class TestClaim:
    def test_every_page_leads_to_it(self, client):
        for address in ("/", "/help/", "/home/", "/operator/"):
            assert client.get(address).url == SETUP
        assert "Set up this place" in text(client.get(SETUP))

    def test_the_code_makes_an_operator_and_signs_them_in(self, client):
        person = claimed(client)
        assert person.is_operator is True
        assert "Before the place opens" in text(client.get(SETUP))

    @pytest.mark.parametrize("given", [{}, {"code": "wrong", "email": "op@operator.example"}, {"code": "x"}])
    def test_anything_else_makes_nobody_one(self, client, given):
        operate.setup_code()
        assert client.post(SETUP, given).status_code == 200
        assert Person.objects.count() == 0

    def test_works_once(self, client):
        code = operate.setup_code()
        client.post(SETUP, {"code": code, "email": "op@operator.example"})
        late = Client().post(SETUP, {"code": code, "email": "late@operator.example"})
        assert (late.status_code, Person.objects.count()) == (404, 1)

    def test_guessing_is_slowed_down(self, client):
        operate.setup_code()
        given = {"code": "wrong", "email": "op@operator.example"}
        statuses = [client.post(SETUP, given).status_code for _ in range(12)]
        assert statuses == [200] * 10 + [429] * 2

    def test_somebody_signed_in_gives_the_code_alone(self, client):
        person = Person.objects.create_user("mira@host.example")
        client.force_login(person)
        assert 'name="email"' not in text(client.get(SETUP))
        client.post(SETUP, {"code": operate.setup_code()})
        person.refresh_from_db()
        assert person.is_operator is True


class TestSteps:
    def test_from_nothing_to_open(self, client):
        claimed(client)
        finish = reverse("setup_finish")
        assert "Something is still missing" in text(client.post(finish, follow=True))
        client.post(reverse("operator_contact"), {"name": "Beside", "contact_email": "c@operator.example"})
        client.post(
            reverse("operator_safeguarding"),
            {"safeguarding_name": "Safe", "safeguarding_email": "s@operator.example"},
        )
        client.post(reverse("operator_countries"), {"country": "GB"})
        assert "Something is still missing" in text(client.post(finish, follow=True))
        line = Helpline.objects.get(country="GB", service="Samaritans")
        given = {"service": "Samaritans", "number": "116 123", "is_crisis": "on", "checked_by": "Op"}
        client.post(reverse("operator_helpline", args=[line.pk]), given)
        assert "Open the place" in text(client.get(SETUP))
        assert client.post(finish).url == reverse("operator_home")
        assert Installation.objects.get().set_up_at is not None
        assert client.get(SETUP).url == reverse("operator_home")

    @pytest.mark.parametrize(
        ("name", "given"),
        [
            ("operator_contact", {"name": "Beside", "contact_email": ""}),
            ("operator_contact", {"name": "Beside", "contact_email": "nonsense"}),
            ("operator_safeguarding", {"safeguarding_name": "", "safeguarding_email": "s@operator.example"}),
            ("operator_countries", {"country": "XX"}),
        ],
    )
    def test_a_step_that_is_wrong_says_so_beside_the_field(self, client, name, given):
        claimed(client)
        assert "errorlist" in text(client.post(reverse(name), given))

    def test_a_country_brings_its_lines_unchecked_and_leaves_again(self, client):
        claimed(client)
        address = reverse("operator_countries")
        client.post(address, {"country": "GB"})
        assert set(Helpline.objects.values_list("country", "checked_on")) == {("GB", None), ("ZZ", None)}
        client.post(address, {"remove": "GB"})
        assert Installation.objects.get().countries == []

    def test_the_steps_are_kept_when_somebody_comes_back(self, client):
        claimed(client)
        client.post(
            reverse("operator_contact"), {"name": "A quiet place", "contact_email": "c@operator.example"}
        )
        assert 'value="A quiet place"' in text(client.get(reverse("operator_contact")))


class TestOthers:
    def test_before_it_is_open_they_are_told_so_and_may_sign_in(self, client):
        claimed(Client())
        html = text(client.get(SETUP))
        assert ("This place is not open yet" in html, reverse("account_login") in html) == (True, True)

    def test_once_it_is_open_there_is_no_set_up(self, installation, as_operator, client):
        assert client.get(SETUP).status_code == 404
        assert client.post(SETUP, {"code": "x"}).status_code == 404

    @pytest.mark.parametrize(
        "name", ["operator_contact", "operator_safeguarding", "operator_countries", "operator_helplines"]
    )
    def test_the_steps_are_the_operators_alone(self, client, name):
        claimed(Client())
        assert client.get(reverse(name)).url.startswith(reverse("account_login"))
        client.force_login(Person.objects.create_user("x@x.example"))
        assert client.get(reverse(name)).status_code == 404


class TestHelplines:
    def test_says_what_speaks_against_a_line_and_where_it_was_read(self, as_operator):
        as_operator.post(reverse("operator_countries"), {"country": "NG"})
        line = Helpline.objects.get(service="SURPIN")
        html = text(as_operator.get(reverse("operator_helpline", args=[line.pk])))
        assert ("two pages give different numbers" in html, "healthwise.punchng.com" in html) == (True, True)

    def test_a_check_needs_somebody_and_something_to_reach(self, as_operator):
        address = reverse("operator_helpline_new", args=["GB"])
        assert "nobody can reach it" in text(as_operator.post(address, {"service": "L", "checked_by": "Op"}))
        as_operator.post(address, {"service": "L", "number": "1"})
        assert Helpline.objects.get().checked_on is None
        assert "not checked; shown to nobody" in text(as_operator.get(reverse("operator_helplines")))

    def test_one_can_be_taken_off(self, as_operator):
        line = Helpline.objects.create(country="GB", service="L")
        as_operator.post(reverse("operator_helpline", args=[line.pk]), {"remove": "yes"})
        assert Helpline.objects.count() == 0

    def test_no_line_is_made_for_no_country(self, as_operator):
        assert as_operator.get(reverse("operator_helpline_new", args=["XX"])).status_code == 404
