"""PHP: what is printed is one page, what is assigned or listed is copy, code is neither."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.readers.base import GAP
from menulint.source import Role, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]


def _texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks]


@pytest.mark.parametrize(
    ("page", "read_as"),
    [
        ("<p>Our <?= $name ?> peel</p>", [f"Our {GAP} peel"]),
        ("<p><?php echo 'Lip fillers'; ?> here</p>", ["Lip fillers here"]),
        ("<p><?php _e( 'Lip fillers', 'Theme' ); ?></p>", ["Lip fillers"]),
        ("<p><?php echo esc_html__('It\\'s \"new\"', 'Theme') ?></p>", ['It\'s "new"']),
        ('<p><?php echo "Peel\\nof \\"{$when}\\" \\u{e9}t\\xe9 $a[0]"; ?></p>', [f'Peel of "{GAP}" été {GAP}']),
        ("<?php echo '<p>One', $two, '</p><p>' . three() . ' four</p>'; ?>", [f"One{GAP}", f"{GAP} four"]),
        ("<?php printf('<p>Only %s for %1$d%% off</p>', $a, $b); ?>", [f"Only {GAP} for {GAP}% off"]),
        ("<?php if ($a) { ?><p>One</p><?php } else { print '<p>Two</p>'; } ?>", ["One", "Two"]),
        ("<p>peel<?php if ($a): ?>s<?php endif ?> and masks</p>", ["peels and masks"]),
        ("<p><?php the_title(); ?> facials</p>", [f"{GAP} facials"]),
        ("<li<?php if ($a): ?> class='Big One'<?php endif; ?>>Peel</li>", ["Peel"]),
        ("<?php\n?>\n<p>One</p>\n<?php // ?><p>Two</p>", ["One", "Two"]),
        ("<p>Five <?php echo 5; ?> peels", ["Five 5 peels"]),
        ("<h<?= $n ?>>Peels</h<?= $n ?>>", ["Peels"]),
    ],
)
def test_what_is_printed_is_read_as_a_page(
    read: Read, check_places: CheckPlaces, page: str, read_as: list[str]
) -> None:
    """A string stands in the page where it is written; what is not known is a gap."""
    source = read(page, "page.php")
    assert _texts(source) == read_as
    for block in source.blocks:
        start, end = block.map.span(0, len(block.text))
        assert 0 <= start < end <= len(page)


@pytest.mark.parametrize(
    ("code", "role", "text"),
    [
        ("$meta_description = 'Softer skin';", Role.META, "Softer skin"),
        ("$page->title = 'Softer ' . $what;", Role.TITLE, f"Softer {GAP}"),
        ("$a['title'] = 'Softer skin';", Role.TITLE, "Softer skin"),
        ("$a = ['button_text' => 'Book now'];", Role.BUTTON, "Book now"),
        ("class A { public $intro = 'Softer skin'; }", Role.STRING, "Softer skin"),
        ("const INTRO = 'Softer skin';", Role.STRING, "Softer skin"),
        ("define('INTRO', $x); f(intro: 'Softer skin');", Role.STRING, "Softer skin"),
        ("return 'Softer ' . __('skin and lips', 'Theme');", Role.STRING, "Softer skin and lips"),
        ("$x = sprintf('Softer %s', $y);", Role.STRING, f"Softer {GAP}"),
        ("$x = <<<A\n  <h2>Softer {$y}</h2>\nA;", Role.HEADING, f"Softer {GAP}"),
        ("$x = <<<'A'\nSofter $skin\nA;", Role.STRING, "Softer $skin"),
        ("$x .= '<a href=\"' . $url . '\">Softer skin</a>';", Role.BUTTON, "Softer skin"),
        ('$x .= \'" class="a b">Softer skin</a>\';', Role.PARAGRAPH, "Softer skin"),
        ("$x = $y ? 'Softer skin' : '';", Role.STRING, "Softer skin"),
        ('$x = "\\u{1F600} caf\\u{e9} to go";', Role.STRING, "😀 café to go"),
        ('$x = "Souple et é\\u{301}lastique $y";', Role.STRING, f"Souple et é\u0301lastique {GAP}"),
    ],
)
def test_a_string_that_is_kept_is_copy(read: Read, code: str, role: Role, text: str) -> None:
    """It stands under the name it is given, with its escapes undone."""
    source = read(f"<?php // é\n{code}\n", "page.php")
    assert [(block.role, block.text) for block in source.blocks] == [(role, text)]
    start, end = source.blocks[0].map.span(0, len(text))
    assert source.text[start:end].strip()


def test_strings_of_a_list_are_items_of_a_list(read: Read, check_places: CheckPlaces) -> None:
    """And questions stand above their answers."""
    source = read(
        "<?php $a = ['Softer skin', 'Fewer lines']; $b = [['question' => 'Is it sore?', 'answer' => 'A bit so']];",
        "a.php",
    )
    assert [(b.role, b.text, b.row) for b in source.blocks] == [
        (Role.LIST_ITEM, "Softer skin", 0),
        (Role.LIST_ITEM, "Fewer lines", 1),
        (Role.HEADING, "Is it sore?", None),
        (Role.STRING, "A bit so", None),
    ]
    assert source.blocks[3].section == (2,)
    check_places(source)


@pytest.mark.parametrize(
    "code",
    [
        "if ($a == 'Softer skin') {}",
        "if ('Softer skin' !== $a) {}",
        "switch ($a) { case 'Softer skin': break; }",
        "$b = match($a) { 'Softer skin' => 1 };",
        "require 'Softer skin.php';",
        "include_once 'Softer skin';",
        "define('Softer skin', 1);",
        "$a = $b['Softer skin'];",
        "$a = ['Softer skin' => 1];",
        "$a = \"SELECT * FROM posts WHERE title = 'Softer skin'\";",
        "$wpdb->query('Softer skin');",
        "Route::get('Softer skin', [A::class, 'b']);",
        "add_action('Softer skin', 'go_there');",
        "in_array($a, ['Softer skin', 'Fewer lines']);",
        "throw new InvalidArgumentException('Softer skin');",
        "error_log('Softer skin: ' . $a);",
        "exit('Softer skin');",
        "header('Location: /softer skin');",
        "use App\\Softer\\Skin;",
        "$a = 'App\\Softer\\Skin';",
        "$a = 'wp-content/uploads/softer-skin.jpg';",
        "$slug = 'Softer skin';",
        "$a = 'flex-row md:flex softer-skin-now';",
        "$a = 'softer_skin';",
        "$a = '/^Softer skin$/i';",
        "#[Softer('Softer skin')] function f() {}",
        "register_sidebar(['name' => 'Softer skin']);",
        "preg_match('Softer skin', $a);",
        "// Softer skin",
        "# Softer skin",
        "/* Softer skin */",
        "$a = <<<A\nA;",
        'echo \'<p class="Softer skin" data-a="Softer skin"></p>\';',
    ],
)
def test_code_is_no_copy(read: Read, code: str) -> None:
    """Comparisons, keys, paths, queries, names of hooks, errors, comments."""
    assert _texts(read(f"<?php\n{code}\n", "page.php")) == []


@pytest.mark.parametrize("comment", ["// %s", "# %s", "/* %s */", "/**\n * %s\n */", "?><!-- %s --><?php"])
def test_a_suppression_in_a_comment_counts(comment: str) -> None:
    """In each syntax PHP has."""
    line = comment.replace("%s", "menulint: ignore-next-line[EFF] -- agreed") + "\n"
    page = f"<?php\n$clinic = 'Book now at our clinic, from £90.';\n{line}$a = 'It regenerates your skin.';\n"
    result = Linter(load_pack(), Options(jurisdiction=("GB",))).check_bytes("a.php", page.encode())
    assert [finding.suppressed is not None for finding in result.findings if finding.rule.startswith("EFF")] == [True]


def test_a_page_without_code_and_broken_code_are_read(read: Read) -> None:
    """Whatever can be read is."""
    assert _texts(read("<p>Peel</p>", "a.php")) == ["Peel"]
    assert "Peel" in _texts(read("<?php if ( { echo 'x' ?><p>Peel</p><?php } } ) ?>", "a.php"))


@pytest.mark.parametrize(
    "piece", ["<?php ", "<?= '", "$a . ", "'x' . ", "f(", "[", "<<<A\n", '"{$a', "/*", "<p <?= $a ?> ", "if ($a): ?>"]
)
def test_hostile_code_is_read_without_harm(read: Read, check_places: CheckPlaces, piece: str) -> None:
    """Nothing raises, whatever is nested or left open, and what is read stands where it is said to."""
    check_places(read("<?php " + piece * 3000, "a.php"))


def test_a_page_cut_anywhere_keeps_its_places(read: Read, check_places: CheckPlaces) -> None:
    """A broken download."""
    page = (
        "<?php $title = 'It\\'s ' . $a . \" {$b['c']} peel\\n\"; // é\n?><h1><?= $title ?></h1>\n<?php if ($a): ?><li>One</li>"
        "<?php else: echo \"<li>Two $b</li>\"; endif; $x = <<<T\n <p>Three {$y}</p>\nT; $z = ['Four five', 'Six seven'];"
    )
    chooser = random.Random(5)
    for _ in range(60):
        cut = chooser.randrange(len(page))
        for block in read(page[:cut], "a.php").blocks:
            start, end = block.map.span(0, len(block.text))
            assert 0 <= start <= end <= cut
