"""What is offered is what has been translated."""

from beside.server.languages import languages


def test_a_language_is_offered_once_its_catalogue_is_compiled(tmp_path):
    for name, file in (("ar", "django.mo"), ("pt_BR", "django.mo"), ("ga", "django.po"), ("xx", "django.mo")):
        folder = tmp_path / name / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / file).touch()
    assert languages(tmp_path) == [("ar", "العربيّة"), ("pt-br", "Português Brasileiro"), ("xx", "xx")]


def test_without_any_there_is_none(tmp_path):
    assert languages(tmp_path / "nowhere") == []
