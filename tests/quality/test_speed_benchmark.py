"""The speed benchmark: its pages are the same for the same number, and its guard names what has become slower."""

import random

from benchmarks.guard import TOLERATED, slower
from benchmarks.measuring import Cost, median
from benchmarks.pages import Writer, written
from benchmarks.speed import MATCHER, OURS, Row, table
from benchmarks.terms import COUNT, words

TERMS = ("exosome injections", "growth factors")


def test_a_page_depends_on_its_number_and_seed_alone() -> None:
    again, other = written(7, TERMS, density=0.5), written(8, TERMS, density=0.5)
    assert written(7, TERMS, density=0.5) == again != other


def test_pages_of_density_nought_hold_no_term() -> None:
    texts = [written(number, TERMS, density=0)[1].lower() for number in range(40)]
    assert not [text for text in texts for term in TERMS if term in text]


def test_every_page_of_density_one_is_long_enough_to_hold_a_term() -> None:
    texts = [written(number, TERMS, density=1)[1].lower() for number in range(40)]
    assert all(any(term in text for term in TERMS) for text in texts)


def test_pages_without_prices_hold_no_amount_of_money() -> None:
    page = Writer(random.Random(1), (), prices=False)
    assert not [what for row in page.rows() for what in row if "£" in what]


def test_as_many_terms_as_promised_are_taken_from_the_pack() -> None:
    assert len(set(words())) == COUNT


def test_the_guard_names_what_takes_half_as_long_again() -> None:
    [said] = slower({"pages": 2 * TOLERATED + 0.1, "start": 1.0}, {"pages": 2.0, "start": 1.0})
    assert said.startswith("pages: 3.10 times")


def test_the_guard_lets_noise_pass() -> None:
    assert slower({"pages": 2.8}, {"pages": 2.0}) == []


def test_a_median_is_taken_of_each_figure() -> None:
    assert median([Cost(1, 9, 5), Cost(2, 8, 7), Cost(3, 1, 6)]) == Cost(2, 8, 6)


def test_the_table_gives_processor_time_as_a_multiple_of_a_peer_on_the_same_pages() -> None:
    rows = [
        Row(MATCHER, 10**6, Cost(2, 2, 100)),
        Row(OURS, 10**6, Cost(3, 4, 150)),
        Row("more", 5 * 10**6, Cost(3, 4, 150)),
    ]
    lines = table(rows)
    assert "1.50" in lines[3]
    assert lines[4].endswith("| 1.67 |  |  |")
