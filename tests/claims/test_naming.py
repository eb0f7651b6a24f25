"""What the name of a file says of the page in it."""

from __future__ import annotations

import pytest

from menulint.claims.naming import genres_of_path


@pytest.mark.parametrize(
    ("path", "genre"),
    [
        ("site/privacy-policy.html", "policy"),
        ("pages/AfterCare.tsx", "patient-info"),
        ("content/aftercare/lip-filler.md", "patient-info"),
        ("src/components/Menu.test.tsx", "code"),
        ("src/__tests__/menu.ts", "code"),
        ("tailwind.config.js", "code"),
        ("README.md", "code"),
        ("es/aviso-legal.php", "policy"),
        ("C:\\site\\TermsAndConditions.html", "policy"),
    ],
)
def test_a_name_speaks_for_a_genre(path: str, genre: str) -> None:
    """Whole words of the name and of the folders right above it count."""
    assert [found for found, _, _ in genres_of_path(path)] == [genre]


@pytest.mark.parametrize(
    "path",
    [
        "treatments/lip-filler.md",
        "home/terms/of/a/long/way/menu.md",
        "tests/allergy-tests.md",
        "determined.html",
        "_config.yml",
        "nuxt.config.ts",
        "next-seo.config.js",
        "pytest-of-somebody/test_menu0/a.md",
        "-",
        "",
    ],
)
def test_any_other_name_says_nothing(path: str) -> None:
    """A page's name that holds such letters, or a folder far above, is no evidence."""
    assert list(genres_of_path(path)) == []
