"""The language of a page, told by its commonest words or its letters, and what is said of one that has no terms."""

from __future__ import annotations

import pytest

from menulint.linter import Linter

WRITTEN = {
    "en": "Our facials are for all of you who want to look well.",
    "es": "Nuestros tratamientos son para quienes quieren verse bien con su piel.",
    "fr": "Nos soins sont pour tous ceux qui veulent une belle peau avec nous.",
    "de": "Unsere Behandlungen sind für alle, die sich mit ihrer Haut wohlfühlen wollen.",
    "it": "I nostri trattamenti sono per chi vuole una bella pelle con noi.",
    "pt": "Os nossos tratamentos são para quem quer uma pele bonita com você.",
    "nl": "Onze behandelingen zijn voor wie een mooie huid wil en niet meer dan dat.",
    "pl": "Nasze zabiegi są dla tych, którzy chcą być piękni i nie tylko na co dzień.",
    "ca": "Els nostres tractaments són per a qui vol una pell maca amb nosaltres i no més.",
    "sv": "Våra behandlingar är för dig som vill ha en fin hud och inte mer än så.",
    "da": "Vores behandlinger er for dig der vil have en flot hud og ikke mere end det.",
    "tr": "Bakımlarımız güzel bir cilt için ve daha çok sizin gibi olan herkes için.",
    "ja": "お肌のための施術です。Botox の注射も行います。",
    "ko": "피부를 위한 시술입니다.",
    "zh": "我们为您的皮肤提供护理。",
    "el": "Οι θεραπείες μας είναι για όλους.",
    "und": "Наши процедуры для всех, кто любит свою кожу.",
}


@pytest.mark.parametrize(("language", "text"), WRITTEN.items())
def test_a_page_that_names_no_language_is_in_that_of_its_words(linter: Linter, language: str, text: str) -> None:
    """Its commonest words tell, or its script."""
    assert linter.check_bytes("page.txt", text.encode()).language == language


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("prices.csv", "Botox 3 areas,£199\nDermal filler 1 ml,£180\n"),
        ("page.html", '<html lang="en"><p>Die Botox Bar: der Ort für die Haut und mehr.</p></html>'),
        ("empty.txt", "\n"),
    ],
)
def test_names_alone_and_what_a_page_says_of_itself_count_as_english(linter: Linter, name: str, text: str) -> None:
    """Nothing tells, or the page tells itself."""
    result = linter.check_bytes(name, text.encode())
    assert (result.language, result.notes) == ("en", ())


@pytest.mark.parametrize("language", ["de", "it", "ja", "und"])
def test_that_a_language_has_no_terms_is_said(linter: Linter, language: str) -> None:
    """To find nothing there says little, and nobody should take it for more."""
    notes = linter.check_bytes("page.txt", WRITTEN[language].encode()).notes
    assert any(f"({language})" in note for note in notes)


@pytest.mark.parametrize(
    "text",
    [
        "Hoy tenemos pan caliente. Quienes quieren tarta, allí encuentran algunas.",
        "Siempre hacemos reparaciones. Nadie tiene tantos tornillos; algunos son gratis.",
        "Ayer hubo mercado. Mañana habrá fiesta: nosotros ponemos música, vosotros alegría.",
    ],
)
def test_a_spanish_page_on_something_else_is_spanish(linter: Linter, text: str) -> None:
    """Its commonest words are those of every trade."""
    assert linter.check_bytes("page.txt", text.encode()).language == "es"


def test_a_page_that_names_the_wrong_language_is_known_by_its_words(linter: Linter) -> None:
    """A template's ``lang`` above English copy is no reason to say that nothing is known."""
    page = f'<html lang="de"><p>{WRITTEN["en"]}</p></html>'
    assert linter.check_bytes("page.html", page.encode()).notes == ()
