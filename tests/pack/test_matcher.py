"""What the matcher finds: by table, and against a brute-force reading of the phrase grammar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menulint.pack.compile import compile_lexicon
from menulint.pack.files import parse_files
from menulint.pack.matcher import Matcher
from menulint.pack.model import Concept, Element, Entry, Lexicon, Phrase
from menulint.pack.raw import RawFile
from menulint.pack.search import Hit
from menulint.text.folding import fold
from menulint.text.words import is_break, split

SETS = """\
rebuild: {pos: verb, words: [rejuvenate, regenerate, renew, "build up"]}
tissue: {pos: noun, words: [skin, cell, "connective tissue"]}
restore: {pos: verb, words: ["<rebuild>", restore]}
"""

INFLECTION = """\
letters: {C: bcdfghjklmnpqrstvwxz}
suffixes:
  verb: {third: [["|", s]], past: [["e|", d], ["|", ed]], ing: [["|e", ing], ["|", ing]]}
  noun: {plural: [["s|", null], ["|", s]]}
spelling: {words: [[ageing, aging]]}
common: [the, of, and, "on"]
bridges: [is, can, be, gently]
fronting:
  copulas: [is]
  between: [that, something]
  subjects: [we, our]
  alone: [easy to]
  denials: [not]
"""

MATCHES = [
    ('forms: ["cell renewal"]', "Overnight cell renewal for all.", "cell renewal"),
    ('forms: ["cell renewal"]', "Cell renewals!", "Cell renewals"),
    ('forms: ["cell renewal"]', "Love it #cellrenewal", "cellrenewal"),
    ('forms: ["cell renewal"]', "cell-renewal cream", "cell-renewal"),
    ('forms: ["cell renewal"]', "supercell renewal", ""),
    ('forms: ["cell renewal"]', "cell renewally", ""),
    ("forms: [anti-ageing]", "our antiaging, anti aging, anti-ageing care", "antiaging|anti aging|anti-ageing"),
    ("forms: [botox]", "Botox's effect, Botox® and Botox¹", "Botox|Botox|Botox"),
    ("forms: [botox]", "bo\u00adtox and b\u043etox", "bo\u00adtox|b\u043etox"),
    ("cased: [IV]", "An IV drip, chapter iv", "IV"),
    ("cased: [US]", "the US and us", "US"),
    ('phrases: ["<rebuild> ~4 <tissue>"]', "It renewed your tired, dry skin.", "renewed your tired, dry skin"),
    ('phrases: ["<rebuild> ~4 <tissue>"]', "It renews. Your skin thanks you.", ""),
    ('phrases: ["<rebuild> ~4 <tissue>"]', "renew a b c d skin", "renew a b c d skin"),
    ('phrases: ["<rebuild> ~4 <tissue>"]', "renew a b c d e skin", ""),
    ('phrases: ["<rebuild> ~4 <tissue>"]', "renew, and renew your skin", "renew your skin"),
    ('phrases: ["<tissue> ~2 renewed"]', "Skin can be gently renewed.", "Skin can be gently renewed"),
    ('phrases: ["<tissue> ~1 renewed"]', "Skin can be gently renewed.", ""),
    ('phrases: ["<rebuild> ~1 <tissue>"]', "skin that our new serum renews", "skin that our new serum renews"),
    ('phrases: ["(renew|regenerate) ~1 skin"]', "Skin is something we renew.", "Skin is something we renew"),
    ('phrases: ["<rebuild> ~1 <tissue>"]', "Cells are there, easy to renew.", ""),
    ('phrases: ["<rebuild> ~1 <tissue>"]', "skin easy to renew", "skin easy to renew"),
    ('phrases: ["<rebuild> ~1 <tissue>"]', "skin that we do not renew", ""),
    ('phrases: ["<rebuild> ~1 <tissue>"]', "Skin that renews.", ""),
    ('phrases: ["<tissue> ~1 <tissue>"]', "skin that our cells", ""),
    ('phrases: ["<rebuild> <tissue>"]', "renewing skin's glow, renewing the skin", "renewing skin"),
    ('phrases: ["<rebuild> ~2 <tissue>"]', "builds up connective tissues", "builds up connective tissues"),
    ('phrases: ["<restore> ~2 <tissue>"]', "rejuvenates cells; restored cells", "rejuvenates cells|restored cells"),
    ('phrases: ["renew [the] cell"]', "renew the cell, renew cells", "renew the cell|renew cells"),
    ('phrases: ["renew [(the|your)] cell"]', "renew your cells", "renew your cells"),
    ('phrases: ["renewed (–|-) "]', "renewed – so says Jo", "renewed"),
    ('phrases: ["[very] renewed"]', "very renewed", "very renewed"),
    ('phrases: ["glow ~2 & skin"]', "skin with a glow; glow of skin", "skin with a glow|glow of skin"),
    ('phrases: ["glow & skin"]', "skin glow, glow skin, skin and glow", "skin glow|glow skin"),
    ('phrases: ["glow ~3 & (silk|&|satin)"]', "glow & silk", "glow &"),
    ('phrases: ["# years younger"]', "10 years younger, ten years younger", "10 years younger"),
    ('phrases: ["# % better"]', "97.5% better", "97.5% better"),
    ('phrases: ["u.s. approved"]', "u.s. approved, U.S approved", "u.s. approved|U.S approved"),
    ('forms: [renewal]\n  unless: ["renewal of ~2 membership"]', "renewal of your membership", ""),
    ('forms: [renewal]\n  unless: ["contract renewal"]', "contract renewal, skin renewal", "renewal"),
    ('forms: [renewal]\n  unless: ["renewals"]', "renewals", ""),
    ('phrases: ["<rebuild> ~3 <tissue>"]\n  unless: ["<rebuild> ~3 look of"]', "renews the look of skin", ""),
]


@pytest.mark.parametrize(("lines", "text", "found"), MATCHES)
def test_an_entry_finds(lines: str, text: str, found: str) -> None:
    """One entry, one text, the words found in the original."""
    assert (
        "|".join(words for _, words in search(f"- concept: effect.renew\n  {lines}\n  flagged: [x]\n", text)) == found
    )


TWO = """\
- {concept: effect.renew, forms: ["cell renewal"], flagged: [x]}
- {concept: effect.appearance, phrases: ["(look|feel) of ~2 cell renewal"], flagged: [x]}
- {concept: effect.other, forms: ["cell renewal"], flagged: [x]}
- {concept: effect.renew, forms: ["cell renewal"], flagged: [x]}
- {concept: source.cell, forms: [cell], flagged: [x]}
"""


def test_the_longer_of_one_facet_wins() -> None:
    """Appearance wording swallows the effect inside it, and no mention of another facet."""
    assert search(TWO, "the look of cell renewal") == [
        ("effect.appearance", "look of cell renewal"),
        ("source.cell", "cell"),
    ]


def test_concepts_may_share_a_span_and_each_is_told_once() -> None:
    """Two entries of one concept give one hit; another concept on the same words stays."""
    assert search(TWO, "cell renewal") == [
        ("effect.renew", "cell renewal"),
        ("effect.other", "cell renewal"),
        ("source.cell", "cell"),
    ]


CUES = """\
- {says: negated, forms: ["no"]}
- {says: negated, direction: PSEUDO, forms: ["no doubt"]}
- {says: negated, forms: ["we do not"]}
- {says: seller, forms: [we]}
"""


def test_a_pseudo_cue_wins_over_the_cue_inside_it() -> None:
    """``no doubt`` negates nothing."""
    matcher = Matcher(lexicon(CUES, "context"))
    hits = find(matcher, "No doubt, no scars.")
    assert [(h.start, h.end) for h in hits] == [(0, 8), (10, 12)]


def test_own_voice_is_not_swallowed_by_a_negation() -> None:
    """``we do not`` is a negation and still the seller speaking."""
    compiled = lexicon(CUES, "context")
    assert [compiled.entries[h.entry].says for h in find(Matcher(compiled), "We do not inject.")] == [
        "negated",
        "seller",
    ]


def test_languages_can_be_chosen() -> None:
    """Entries of another language are left out, and do not compete."""
    matcher = Matcher(lexicon(TWO))
    assert find(matcher, "cell renewal", {"es"}) == []
    assert find(matcher, "cell renewal", {"en"}) == find(matcher, "cell renewal")


def test_nothing_to_look_for_finds_nothing() -> None:
    """An empty lexicon is no error."""
    assert find(Matcher(lexicon("[]")), "cell renewal") == []


# -- against brute force

WORDS = ["a", "b", "c", "d"]
NUMBERS = {"7", "1.5"}
ALTERNATIVES = st.lists(
    st.lists(st.sampled_from([*WORDS, "#"]), min_size=1, max_size=2).map(tuple), min_size=1, max_size=3
).map(tuple)
ELEMENTS = st.builds(Element, ALTERNATIVES, st.just(0), st.booleans())


def is_anchor(element: Element) -> bool:
    """Whether a phrase may be looked up by an element: it has to be there, and to begin with words."""
    return bool(element.alternatives) and not element.optional and all(a[0] != "#" for a in element.alternatives)


@st.composite
def phrases(draw: st.DrawFn) -> Phrase:
    """A phrase of up to four elements with gaps between some, looked up by any that has to be there."""
    elements = draw(st.lists(ELEMENTS, min_size=1, max_size=4).filter(lambda es: any(map(is_anchor, es))))
    required = [e for e in elements if not e.optional]
    spaced: list[Element] = []
    for element in elements:
        if spaced and (gap := draw(st.integers(0, 3))):
            spaced.append(Element(gap=gap))
        spaced.append(element)
    places = [i for i, e in enumerate(spaced) if e.alternatives and not e.optional]
    assert len(places) == len(required)
    anchors = [i for i in places if is_anchor(spaced[i])]
    return Phrase(tuple(spaced), draw(st.sampled_from(anchors)), draw(st.sampled_from([-1, *places])))


@settings(max_examples=400)
@given(phrases(), st.lists(st.sampled_from([*WORDS, *WORDS, *sorted(NUMBERS), ",", "."]), max_size=14).map(" ".join))
def test_phrases_are_found_as_brute_force_finds_them(phrase: Phrase, text: str) -> None:
    """Every hit is a reading of the grammar, and every reading overlaps a hit, or a longer reading that gave way to one.

    (``b [a b] a`` in "b a b a" may be read three ways; the last two words are the hit.)
    """
    words = split(fold(text).text)
    readings = {
        (words.starts[i], words.ends[j - 1])
        for i in range(len(words))
        for j in readings_from(phrase.elements, words.texts, i)
        if j > i
    }
    found = [(hit.start, hit.end) for hit in find(Matcher(one_phrase(phrase)), text)]
    assert set(found) <= readings
    seen = [reading for reading in readings if any(overlap(reading, hit) for hit in found)]
    assert all(any(overlap(reading, other) for other in seen) for reading in readings)


@settings(max_examples=200)
@given(
    phrases(), st.lists(st.sampled_from(["a b. ", "c, d! ", "it's a ", "1.5 b ", "d | ", "c? "]), max_size=8), st.data()
)
def test_many_texts_at_once_hold_what_each_holds_alone(phrase: Phrase, parts: list[str], data: st.DataObject) -> None:
    """However they are cut, and whatever stands in those before and behind."""
    cuts = data.draw(st.lists(st.integers(0, len(parts)), max_size=4).map(sorted))
    texts = ["".join(parts[i:j]) for i, j in zip([0, *cuts], [*cuts, len(parts)], strict=True)]
    given_lexicon = one_phrase(phrase)
    together = Matcher(given_lexicon).find_all([(fold(text), text) for text in texts])
    assert together == [find(Matcher(given_lexicon), text) for text in texts]


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def readings_from(elements: tuple[Element, ...], texts: tuple[str, ...], at: int) -> Iterator[int]:
    """Where a phrase that begins at token ``at`` may end: the grammar read literally, without any care for time."""
    if not elements:
        yield at
        return
    first, rest = elements[0], elements[1:]
    if first.gap:
        for skipped in range(len(texts) - at + 1):
            gap = texts[at : at + skipped]
            commas = gap.count(",")
            if skipped - commas <= first.gap and commas <= first.gap and not any(map(is_break, gap)):
                yield from readings_from(rest, texts, at + skipped)
        return
    if first.optional:
        yield from readings_from(rest, texts, at)
    for alternative in first.alternatives:
        if fits(alternative, texts[at : at + len(alternative)]):
            yield from readings_from(rest, texts, at + len(alternative))


def fits(alternative: tuple[str, ...], texts: tuple[str, ...]) -> bool:
    """Whether tokens are those of an alternative, in which "#" is any number."""
    return len(alternative) == len(texts) and all(
        word == text or (word == "#" and text in NUMBERS) for word, text in zip(alternative, texts, strict=True)
    )


def one_phrase(phrase: Phrase) -> Lexicon:
    """A lexicon of one entry with one phrase, looked up by the first word of each alternative of its anchor."""
    anchors: dict[str, tuple[int, ...]] = {
        alternative[0]: (0,) for alternative in phrase.elements[phrase.anchor].alternatives
    }
    return Lexicon((Entry("en", concept="effect.renew"),), {}, ((0, phrase),), anchors, {}, (), {})


# -- lexicons of a few lines


def lexicon(entries: str, kind: str = "effect") -> Lexicon:
    """The lexicon of some entries beside the sets and the inflection above."""
    texts = {"sets": SETS, "inflection": INFLECTION, kind: entries}
    files = [RawFile(PurePosixPath(f"lexicons/en/{name}.yaml"), name, text.encode()) for name, text in texts.items()]
    parsed = parse_files(files)
    names = ("effect.renew", "effect.appearance", "effect.other", "source.cell")
    compiled, problems = compile_lexicon(parsed.files, {name: Concept(name, name) for name in names})
    assert [*parsed.problems, *problems] == []
    return compiled


def find(matcher: Matcher, text: str, langs: set[str] | None = None) -> list[Hit]:
    """The hits in a text that is folded first."""
    return matcher.find(fold(text), text, langs)


def search(entries: str, text: str) -> list[tuple[str, str]]:
    """Concepts and the words of the original that say them."""
    compiled, folded = lexicon(entries), fold(text)
    spans = ((hit, folded.original(hit.start, hit.end)) for hit in Matcher(compiled).find(folded, text))
    return [(compiled.entries[hit.entry].concept, text[start:end]) for hit, (start, end) in spans]
