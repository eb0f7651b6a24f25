"""Elements that come back are read as they were read the first time, wherever they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menulint.readers import html_page, read_bytes
from menulint.readers.base import SourceBuilder
from menulint.readers.html import READER
from menulint.readers.html_repeated import Memory
from menulint.source import Source


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    """A memory in which nothing is yet."""
    monkeypatch.setattr(html_page, "_ELEMENTS", empty := Memory(html_page._alone))
    return empty


def read(page: str) -> Source:
    build = SourceBuilder(page)
    READER.read(page, build)
    return build.source(path="menu.html", format="html", encoding="utf-8", sha256="")


ITEM = '<li class="m"><a href="/peels" title="All peels">Peels &amp; <b>facials</b></a></li>'


def test_an_item_of_a_menu_stands_where_it_comes_back() -> None:
    """Text, title and link of the item have the places of the second page, row and list too."""
    read(f"<ul>{ITEM}{ITEM}</ul>")
    page = f"<h2>Menu</h2><ul><li>Start</li>{ITEM} and more</ul>"
    source = read(page)
    item = next(block for block in source.blocks if block.text == "Peels & facials")
    assert page[slice(*item.map.span(0, 10))] == "Peels &amp; <b>fa"
    assert (item.group, item.row, item.section) == (0, 1, (0,))
    assert [page[signal.start : signal.end] for signal in source.signals] == ["/peels"]
    assert [block.text for block in source.blocks] == ["Menu", "Start", "Peels & facials", "All peels", "and more"]


def test_an_element_is_remembered_when_it_comes_back(memory: Memory) -> None:
    """What stands on one page only is not taken apart twice."""
    read(f"<ul>{ITEM}</ul>")
    known = memory.recall(ITEM, "li")
    assert known
    assert [part[2] for part in known.blocks] == ["Peels & facials", "All peels"]
    assert memory.recall("<li>New</li>", "li") is None


def test_an_element_with_a_list_in_it_is_not_remembered(memory: Memory) -> None:
    """Its end tag is that of an item within."""
    page = "<ul><li><a>Skin</a><ul><li>Peels</li></ul></li></ul>"
    first = read(page)
    assert read(page) == read(page) == first
    assert memory.recall("<li><a>Skin</a><ul><li>Peels</li>", "li") is None


PIECES = st.sampled_from(
    [
        ITEM,
        "<li><a href=tel:0117>0117 496 0144</a>",
        "<li><a class=btn href=/b>Book</a></li>",
        "<li><a>One<ul><li><i></i>Two</li></ul></li>",
        "<li><svg><path/></svg>Lips<br>Chin</li>",
        "<li><svg>Face</li>",
        "<li><p>Peel</p><b>now</b></li>",
        "<li><!-- menulint: ignore-file -- no --><b>x</b></li>",
        "<li><script>1</script><b>y</b></li>",
        "<td><span>£90</span></td>",
        "<th><em>Area</em></th>",
        "<dt><b>Peel</b></dt>",
        "<dd><b>£80</b> <img alt='A face' src=a></dd>",
        "<ul>",
        "</ul>",
        "<table>",
        "</table>",
        "<tr>",
        "<dl>",
        "</dl>",
        "<a href=/c>",
        "</a>",
        "<a class=button>",
        "<svg>",
        "</svg>",
        "<select>",
        "<h2>Prices</h2>",
        "<div lang=es>",
        "<blockquote>",
        "</div>",
        " words ",
        "\n",
        "<p>",
        "<br>",
        "{{ name }}",
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_a_page_is_read_the_same_from_memory(page: str) -> None:
    """Whatever stands around such elements, and whatever they leave open."""
    html_page._ELEMENTS = Memory(lambda written, name: None)
    alone = read(page)
    html_page._ELEMENTS = Memory(html_page._alone)
    assert [read(page) for _ in range(3)] == [alone] * 3


def test_elements_that_come_back_in_a_cell_of_a_table_are_read_as_well() -> None:
    """What is traced back to another text is never told from memory."""
    items = "<ul>" + "<li><a href='/'>Home</a></li>" * 3 + "</ul>"
    for _ in range(2):
        assert [block.text for block in read_bytes("menu.html", items.encode()).blocks] == ["Home"] * 3
        cells = read_bytes("menu.csv", f'copy\n"{items}"\n'.encode()).blocks
        assert [block.text for block in cells] == ["copy", *["Home"] * 3]
