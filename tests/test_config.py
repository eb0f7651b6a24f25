"""The nearest configuration applies, and a mistake in it is shown where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from menulint.config import Config, Configs, read
from menulint.errors import ConfigError


def written(folder: Path, text: str, name: str = "menulint.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def config(folder: Path, text: str, name: str = "menulint.toml") -> Config:
    found = read(written(folder, text, name))
    assert found is not None
    return found


def test_a_text_stands_for_a_list_of_one(tmp_path: Path) -> None:
    """And commas separate."""
    assert config(tmp_path, 'jurisdiction = "GB, IE"\nselect = ["RTE"]').values == {
        "jurisdiction": ("GB", "IE"),
        "select": ("RTE",),
    }


def test_the_nearest_file_upwards_applies(tmp_path: Path) -> None:
    """That of the folder itself before that of the project."""
    written(tmp_path, 'lang = "en"')
    near = written(tmp_path / "site", 'lang = "es"')
    (tmp_path / "site" / "deep").mkdir()
    found = Configs().nearest(tmp_path / "site" / "deep")
    assert found is not None
    assert (found.path, found.values) == (near, {"lang": "es"})


def test_our_own_file_wins_over_pyproject(tmp_path: Path) -> None:
    """In the same folder."""
    written(tmp_path, '[tool.menulint]\nlang = "es"', "pyproject.toml")
    written(tmp_path, 'lang = "en"')
    found = Configs().nearest(tmp_path)
    assert found is not None
    assert found.values == {"lang": "en"}


def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path) -> None:
    """The search goes on above it."""
    written(tmp_path, 'lang = "en"')
    written(tmp_path / "lib", '[project]\nname = "menulint-plugin"', "pyproject.toml")
    found = Configs().nearest(tmp_path / "lib")
    assert found is not None
    assert found.path == tmp_path / "menulint.toml"


def test_overrides_apply_in_order(tmp_path: Path) -> None:
    """The last one that matches wins; other files are left alone."""
    found = config(
        tmp_path,
        'genre = "promotional"\n[[overrides]]\npaths = ["blog/"]\ngenre = "editorial"\nlang = "es"\n'
        '[[overrides]]\npaths = ["blog/news/*.md"]\ngenre = "news"\n',
    )
    assert found.for_file(tmp_path / "blog" / "news" / "a.md") == {"genre": "news", "lang": "es"}
    assert found.for_file(tmp_path / "blog" / "a.md") == {"genre": "editorial", "lang": "es"}
    assert found.for_file(tmp_path / "menu.md") == {"genre": "promotional"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('lang = "en"\njuristiction = "GB"\n', ":2:1: juristiction is not known; did you mean jurisdiction?"),
        ("\nfail-on = 1\n", ":2:1: fail-on is not known; did you mean fail_on?"),
        ('ui_lang = "fr"\n', ":1:1: ui_lang cannot be 'fr'; expected one of en, es"),
        ('genre = "advert"\n', ":1:1: genre cannot be 'advert'; expected one of promotional, editorial, regulator"),
        (
            '[[overrides]]\npaths = ["a"]\nui_lang = "es"\n',
            ":3:1: ui_lang in [[overrides]] holds for the whole run; set it above the overrides",
        ),
        ('fail_on = "errors"\n', ":1:1: fail_on cannot be 'errors'; expected one of error, warning, info, never"),
        ("select = [1]\n", ":1:1: select cannot be [1]; expected a text or a list of texts"),
        ('lang = ["en"]\n', ":1:1: lang cannot be ['en']; expected a text"),
        ('[[overrides]]\npaths = "a"\n[[overrides]]\npaths = "b"\ngenra = "x"', ":5:1: genra in [[overrides]] is not"),
        ('[[overrides]]\ngenre = "news"\n', ":1:1: [[overrides]] has no paths"),
        ('[[overrides]]\npaths = "a"\nfail_on = "never"', ":3:1: fail_on in [[overrides]] holds for the whole run"),
        ('overrides = "x"\n', ":1:1: overrides is no list of tables"),
        ('lang = "en\n', ":1:11: Illegal character"),
        ('lang = "en', ":1:1: Unterminated string"),
    ],
)
def test_a_mistake_is_shown_where_it_stands(tmp_path: Path, text: str, message: str) -> None:
    """File, line, what is wrong and what was expected."""
    with pytest.raises(ConfigError) as raised:
        read(written(tmp_path, text))
    assert f"menulint.toml{message}" in str(raised.value)


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    """Not the first one only."""
    with pytest.raises(ConfigError) as raised:
        read(written(tmp_path, '[tool.menulint]\nlang = 1\ncolour = "red"\n', "pyproject.toml"))
    assert [(problem.line, problem.message) for problem in raised.value.problems] == [
        (2, "lang cannot be 1"),
        (3, "colour is not known"),
    ]


def test_what_is_extended_applies_where_the_file_says_nothing(tmp_path: Path) -> None:
    """Its own values win, overrides and allowed wordings add up, paths stay relative to the file that names them."""
    written(
        tmp_path / "house",
        'lang = "es"\nfail_on = "warning"\nbaseline = "b.json"\n[[allow]]\ntext = "Stem Glow"\nreason = "trade name"\n',
        "style.toml",
    )
    found = config(
        tmp_path / "site", 'extends = "../house/style.toml"\nlang = "en"\n[[allow]]\ntext = "Exo"\nreason = "ours"\n'
    )
    assert found.values["lang"] == "en"
    assert found.values["fail_on"] == "warning"
    assert Path(found.values["baseline"]).resolve() == (tmp_path / "house" / "b.json").resolve()
    assert [one.text for one in found.values["allow"]] == ["Stem Glow", "Exo"]


def test_each_setting_knows_its_file_and_line(tmp_path: Path) -> None:
    """Its own, that of what is extended, and both where they add up; also in an override and in pyproject.toml."""
    house = written(tmp_path, 'fail_on = "warning"\nlang = "es"\n[severity]\nPRS = "info"\n', "house.toml")
    own = written(
        tmp_path,
        '[tool.menulint]\nextends = "house.toml"\nlang = "en"\n[tool.menulint.severity]\nRTE = "info"\n'
        '[[tool.menulint.overrides]]\npaths = "a"\ngenre = "news"\n',
        "pyproject.toml",
    )
    found = read(own)
    assert found is not None
    assert {key: value.replace(tmp_path.as_posix() + "/", "") for key, value in found.origins.items()} == {
        "fail_on": "house.toml:1",
        "lang": "pyproject.toml:3",
        "severity": "house.toml:3, pyproject.toml:4",
    }
    assert found.overrides[0].origins == {"genre": f"{own.as_posix()}:8"}
    assert house.is_file()


@pytest.mark.parametrize("extends", ["none.toml", "folder"])
def test_what_is_extended_must_be_there(tmp_path: Path, extends: str) -> None:
    """It is named, and why it cannot be read."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(ConfigError, match=f"{extends}: cannot be read"):
        read(written(tmp_path, f'extends = "{extends}"\n'))


def test_a_circle_of_files_is_refused(tmp_path: Path) -> None:
    """Two that extend each other."""
    written(tmp_path, 'extends = "b.toml"', "a.toml")
    written(tmp_path, 'extends = "a.toml"', "b.toml")
    with pytest.raises(ConfigError, match="no circle"):
        read(tmp_path / "a.toml")


def test_an_allowed_wording_needs_a_reason(tmp_path: Path) -> None:
    """Somebody will ask for it."""
    with pytest.raises(ConfigError, match=r"allow is not as it should be; expected \[\[allow\]\] with text"):
        read(written(tmp_path, '[[allow]]\ntext = "Stem Glow"\n'))


def test_a_severity_is_one_of_three(tmp_path: Path) -> None:
    """Per rule, letters or category."""
    assert config(tmp_path, '[severity]\nPRS = "info"\n').values["severity"] == (("PRS", "info"),)
    with pytest.raises(ConfigError, match="one of info, warning, error each"):
        read(written(tmp_path, '[severity]\nPRS = "fatal"\n'))


PROOF = """\
[[substantiation]]
claim = "is clinically proven to *"
documents = ["proof/trial.pdf", "https://trials.example/1"]
kind = "randomised-trial"
reviewer = "Head of compliance"
reviewed = 2026-05-04
"""


def test_proof_is_looked_for_beside_the_file_that_names_it(tmp_path: Path) -> None:
    """A document that is not there is known as missing; an address is taken as it is."""
    (entry,) = config(tmp_path, PROOF).values["substantiation"]
    assert entry.missing == ("proof/trial.pdf",)
    written(tmp_path / "proof", "trial", "trial.pdf")
    (entry,) = config(tmp_path, PROOF).values["substantiation"]
    assert (entry.missing, entry.reviewed.isoformat(), entry.expires) == ((), "2026-05-04", None)


def test_proof_of_a_house_adds_up(tmp_path: Path) -> None:
    """Its documents stay relative to the file that names them."""
    written(tmp_path / "house" / "proof", "trial", "trial.pdf")
    written(tmp_path / "house", PROOF, "style.toml")
    found = config(tmp_path / "site", 'extends = "../house/style.toml"\n' + PROOF).values["substantiation"]
    assert [entry.missing for entry in found] == [(), ("proof/trial.pdf",)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('reviwer = "x"', ":7:1: reviwer in [[substantiation]] is not known; did you mean reviewer?"),
        ("expires = 2026-13-01", ":7:1"),
        ('expires = "soon"', ":7:1: expires in [[substantiation]] cannot be 'soon'; expected a day, such as"),
        ("expires = 2026-05-04T10:00:00", ":7:1: expires in [[substantiation]] cannot be 2026-05-04T10:00:00"),
        ("expires = 2025-01-01", ":7:1: expires in [[substantiation]] is before it was reviewed (2026-05-04)"),
        ("rules = []", ":7:1: rules in [[substantiation]] cannot be []; expected rules, such as"),
        ('product = ""', ":7:1: product in [[substantiation]] cannot be ''; expected a text"),
    ],
)
def test_a_mistake_in_an_entry_is_shown_where_it_stands(tmp_path: Path, line: str, message: str) -> None:
    """A register that nobody can rely on is no register."""
    with pytest.raises(ConfigError) as raised:
        read(written(tmp_path, PROOF + line + "\n"))
    assert f"menulint.toml{message}" in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"is clinically proven to *"', '"*"', ":2:1: claim in [[substantiation]] cannot be '*'; expected a wording"),
        ('"randomised-trial"', '"trial"', ":4:1: kind in [[substantiation]] cannot be 'trial'; expected one of"),
        ('reviewer = "Head of compliance"\n', "", ":1:1: [[substantiation]] has no reviewer; expected a text"),
        ("[[substantiation]]", "[substantiation]", ":1:1: [[substantiation]] is no list of tables"),
        ("[[substantiation]]", '[[overrides]]\npaths = "a"\n[[overrides.substantiation]]', "holds for the whole run"),
    ],
)
def test_an_entry_is_complete_and_says_something(tmp_path: Path, old: str, new: str, message: str) -> None:
    """What is claimed, what shows it, who looked at it and when."""
    with pytest.raises(ConfigError) as raised:
        read(written(tmp_path, PROOF.replace(old, new)))
    assert message in str(raised.value)


PRODUCT = '[[products]]\nname = "Stem Glow"\nkind = "cosmetic"\n'


def test_a_product_is_what_it_is_made_of(tmp_path: Path) -> None:
    """Texts may hold several with commas; places are codes."""
    text = PRODUCT + 'substance = "substance.exosome, substance.vitamin"\nsource = ["source.plant"]\n'
    (found,) = config(tmp_path, text + 'status = {gb = "prescription-only"}\n').values["products"]
    assert found.concepts == ("substance.exosome", "substance.vitamin", "source.plant")
    assert found.statuses == (("GB", "prescription-only"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PRODUCT + 'sources = "source.plant"\n', ":4:1: sources in [[products]] is not known; did you mean source?"),
        (PRODUCT + 'source = "exosome"\n', ":4:1: source in [[products]] cannot be 'exosome'; expected concepts"),
        (PRODUCT + 'status = "prescription-only"\n', ":4:1: status in [[products]] cannot be 'prescription-only'"),
        (
            PRODUCT.replace("cosmetic", "cream"),
            ":3:1: kind in [[products]] cannot be 'cream'; expected one of cosmetic",
        ),
        (
            PRODUCT.replace("Stem Glow", "it"),
            ":2:1: name in [[products]] cannot be 'it'; expected the name in the copy",
        ),
        ('[[products]]\nname = "Stem Glow"\n', ":1:1: [[products]] has no kind; expected one of cosmetic, device"),
    ],
)
def test_a_mistake_in_a_product_is_shown_where_it_stands(tmp_path: Path, text: str, message: str) -> None:
    """As in an entry of proof."""
    with pytest.raises(ConfigError) as raised:
        read(written(tmp_path, text))
    assert f"menulint.toml{message}" in str(raised.value)
