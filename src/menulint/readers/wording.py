"""Whether a string in data or in an attribute is copy that somebody reads, or a name that only a program does."""

from __future__ import annotations

import re
from functools import lru_cache

from menulint.late import LatePattern
from menulint.source import Role

_CODE_KEYS = frozenset(
    """cls slug layout path url uri href src link links permalink image images img icon icons id uid key ref draft class
    classname classes css style styles color colour background template type kind weight order sort date lastmod
    updated published pubdate publishdate expirydate created modified file files filename folder target rel lang
    language locale hreflang theme font fonts width height size align position section aliases alias redirect
    redirect_from redirect_to canonical canonical_url canonicalurl og_image ogimage thumbnail thumb avatar logo video
    src_set srcset sizes video_url youtube vimeo sku gtin mpn code token api_key endpoint method format encoding
    charset version cascade outputs output collection collections eleventynavigation parent menu_order sitemap robots
    changefreq priority lat lng latitude longitude phone tel telephone email fax postcode zip currency schema_type
    component partial include bundle engine renderer pagination permalinks variant loading decoding media viewbox
    tracking analytics hash checksum tag tags category categories taxonomy taxonomies product_category product_type
    google_product_category""".split()
)
_CODE_ENDINGS = frozenset(
    """url urls uri href src slug path paths icon icons id ids uid uuid guid class classname classes css color colour
    colors sku token hash handle email phone width height align alignment date timestamp
    template component extension mimetype""".split()
)
"""Last words of a key that tell what it holds whatever stands before them: ``buttonUrl``, ``hero_image_src``."""
_ROLES = {
    Role.TITLE: "title name heading headline seo_title seotitle meta_title metatitle subtitle page_title pagetitle "
    "linktitle",
    Role.META: "description summary excerpt meta meta_description metadescription seo_description seodescription "
    "abstract keywords og_description ogdescription",
    Role.ALT: "alt image_alt imagealt alt_text alttext",
    Role.CAPTION: "caption image_caption",
    Role.BUTTON: "button button_text buttontext cta cta_text ctatext cta_label button_label",
}
_ROLE_OF_KEY = {key: role for role, keys in _ROLES.items() for key in keys.split()}
_LABEL_KEYS = frozenset(
    """label text question answer intro tagline benefits keyword treatment
    treatments""".split()
)
_WHOSE = r"(?:customer|client|patient|user|google|guest|cliente|paciente|patiente)s?"
_SAYING = r"(?:testimonio|testimonial|t[ée]moignage|rese[ñn]a|review|opiniones|opini[oó]n)s?"
_PART = (
    r"(?:body|text|quote|content|card|item|list|grid|slide|slider|carousel|wrap|wrapper|block|box|container|section|inner|copy)"
    r"s?"
)
_CUSTOMERS = LatePattern(
    rf"(?i)(?:{_WHOSE}[-_]{{0,2}})?{_SAYING}(?:[-_]{{0,2}}{_PART}){{0,2}}|(?:[\w-]*[_-])?(?:testimonial|testimonio|t[ée]moignage)"
    r"s?(?:[_-][\w-]*)?|[a-z]+Testimonials?"
)
_BESIDE_CUSTOMERS = LatePattern(
    r"(?i)(?:[\w-]*[_-])?(?:repl(?:y|ies)|responses?|respuestas?|r[ée]ponses?)(?:[_-][\w-]*)?"
    r"|(?:[\w-]*[_-])?(?:placeholder|label|heading)s?"
    r"|[\w-]*(?:Reply|Response|Placeholder|Label|Heading)(?-i:(?![a-z]))"
)
_KEY_WORD = LatePattern(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]")
_COINS = r"(?:[£€$¥₩₹₽]|\b(?:AED|AUD|CAD|CHF|EUR|GBP|INR|NZD|SGD|USD|Rs\.?|kr|zł)(?![a-z]))"
_PRICE = LatePattern(rf"\D{{0,12}}(?:{_COINS}\s?\d[\d.,]{{0,12}}|\d[\d.,]{{0,12}}\s?{_COINS})")

_WORD = LatePattern(r"[^\W\d_]{2,}")
_ADDRESS = LatePattern(
    r"(?:[a-z][a-z0-9+.-]*:)?//\S*\Z|[a-z]{2,10}:\S+\Z|[#.?&]\S*\Z|\S*@\S+\Z|[\w.-]*/\S*\Z", re.IGNORECASE
)
_FILE = LatePattern(r"\S+\.[a-z][a-z0-9]{1,4}\Z", re.IGNORECASE)
_NAME = LatePattern(r"[a-z0-9]*[_]\S*\Z|[a-z]+(?:-[a-z0-9]+){2,}\Z|[a-z]+[A-Z]\w*\Z|\S*\d\S*-\S*\Z")
_CLASS_LIST = LatePattern(
    r"(?:[a-z][a-z0-9]*(?:[-:/.\[\]_][\w./%\[\]-]+)+|flex|grid|hidden|block|container|row|btn|active)\Z"
)


@lru_cache(maxsize=4096)
def holds_customers(name: str) -> bool:
    """Whether a key or the classes of an element say that customers speak in it: ``reviewBody``, ``testimonial-card``."""
    words = name[:200].split()
    return any(map(_CUSTOMERS.fullmatch, words)) and not any(map(_BESIDE_CUSTOMERS.fullmatch, words))


@lru_cache(maxsize=4096)
def stands_beside_customers(name: str) -> bool:
    """Whether a key or the classes of an element hold what others say where customers speak: a reply, a label, a heading."""
    return any(map(_BESIDE_CUSTOMERS.fullmatch, name[:200].split()))


@lru_cache(maxsize=4096)
def is_code_key(key: str) -> bool:
    """Whether the value of a key of this name is never copy."""
    if key[:1] in ("_", "$", "@"):
        return True
    if key.lower().replace("-", "_") in _CODE_KEYS:
        return True
    words = _KEY_WORD.findall(key[-80:])
    return len(words) > 1 and words[-1].lower() in _CODE_ENDINGS


def role_of_key(key: str) -> Role:
    """The role of the copy under a key of this name."""
    return _ROLE_OF_KEY.get(key.lower().replace("-", "_"), Role.STRING)


def is_price(value: str) -> bool:
    """Whether ``value`` is a sum of money and little else."""
    return len(value) <= 40 and bool(_PRICE.match(value))


def reads_like_words(value: str, key: str = "") -> bool:
    """Whether ``value`` is wording, judged by its shape; ``key`` is the name it stands under, if any."""
    if is_code_key(key) or not _WORD.search(value):
        return False
    tokens = value.split(None, 40)
    if len(tokens) == 1:
        return _is_word(tokens[0], key)
    return not all(_CLASS_LIST.match(token) or not _WORD.search(token) for token in tokens)


def _is_word(token: str, key: str) -> bool:
    if _ADDRESS.match(token) or _FILE.match(token) or _NAME.match(token):
        return False
    name = key.lower().replace("-", "_")
    return not token.islower() or name in _ROLE_OF_KEY or name in _LABEL_KEYS
