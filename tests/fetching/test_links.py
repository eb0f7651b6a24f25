"""A page is followed where it leads, as far as it wants to be."""

from __future__ import annotations

import pytest

from menulint.fetching.links import links


def test_links_are_those_of_anchors_and_maps_with_references_undone() -> None:
    page = """<!-- <a href="/old">old</a> --><script>"<a href='/script'>"</script>
    <A HREF='/a?x=1&amp;y=2'>a</A> <a>none</a> <map><area href=/b></map> <link href=/css>"""
    assert links(page) == ("", ["/a?x=1&y=2", "/b"])


def test_the_first_base_counts() -> None:
    assert links('<base href="/x/"><base href="/y/"><a href="a">a</a>') == ("/x/", ["a"])


@pytest.mark.parametrize("rel", ["nofollow", "noopener NOFOLLOW"])
def test_a_link_that_asks_for_it_is_not_followed(rel: str) -> None:
    assert links(f'<a rel="{rel}" href="/a">a</a><a rel="noopener" href="/b">b</a>')[1] == ["/b"]


@pytest.mark.parametrize(
    ("page", "header"),
    [
        ('<meta name="robots" content="noindex, NoFollow"><a href="/a">a</a>', ""),
        ('<a href="/a">a</a><META NAME=menulint CONTENT=none>', ""),
        ('<a href="/a">a</a>', "nofollow"),
        ('<a href="/a">a</a>', "menulint: nofollow"),
    ],
)
def test_a_page_that_asks_for_it_is_not_followed(page: str, header: str) -> None:
    assert links(page, header)[1] == []


def test_what_is_asked_of_others_does_not_bind() -> None:
    page = '<meta name="otherbot" content="nofollow"><a href="/a">a</a>'
    assert links(page, "otherbot: nofollow")[1] == ["/a"]


def test_a_page_of_open_tags_takes_no_time_to_speak_of() -> None:
    assert links("<a href=" * 200_000)[1] == []
