"""What forms say of their own accord."""

import pytest
from django import forms


class Asked(forms.Form):
    words = forms.CharField()
    mail = forms.EmailField()
    one = forms.ChoiceField(choices=[("a", "A")])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {name: ["Please fill this in."] for name in ("words", "mail", "one")}),
        (
            {"words": "x", "mail": "nothing", "one": "b"},
            {
                "mail": ["This does not look like an e-mail address."],
                "one": ["Please choose one of what stands there."],
            },
        ),
        ({"words": "x", "mail": "a@b.example", "one": "a"}, {}),
    ],
)
def test_errors_are_in_our_words(given, expected):
    assert Asked(given).errors == expected
