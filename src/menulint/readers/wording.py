"""Whether a string in data or in an attribute is copy that somebody reads, or a name that only a program does."""

from __future__ import annotations

import re

from menulint.source import Role

_CODE_KEYS = frozenset(
    """slug layout path url uri href src link links permalink image images img icon icons id uid key ref draft class
    classname classes css style styles color colour background template type kind weight order sort date lastmod
    updated published pubdate publishdate expirydate created modified file files filename folder target rel lang
    language locale hreflang theme font fonts width height size align position section aliases alias redirect
    redirect_from redirect_to canonical canonical_url canonicalurl og_image ogimage thumbnail thumb avatar logo video
    src_set srcset sizes video_url youtube vimeo sku gtin mpn code token api_key endpoint method format encoding
    charset version cascade outputs output collection collections eleventynavigation parent menu_order sitemap robots
    changefreq priority lat lng latitude longitude phone tel telephone email fax postcode zip currency schema_type
    component partial include bundle engine renderer pagination permalinks variant loading decoding media viewbox
    tracking analytics hash checksum""".split()
)
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
    """label text question answer tags tag category categories intro tagline benefits keyword treatment
    treatments""".split()
)

_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//\S*\Z|[a-z]{2,10}:\S+\Z|[#.?&]\S*\Z|\S*@\S+\Z|[\w.-]*/\S*\Z", re.IGNORECASE
)
_FILE = re.compile(r"\S+\.[a-z][a-z0-9]{1,4}\Z", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9]*[_]\S*\Z|[a-z]+(?:-[a-z0-9]+){2,}\Z|[a-z]+[A-Z]\w*\Z|\S*\d\S*-\S*\Z")
_CLASS_LIST = re.compile(
    r"(?:[a-z][a-z0-9]*(?:[-:/.\[\]_][\w./%\[\]-]+)+|flex|grid|hidden|block|container|row|btn|active)\Z"
)


def is_code_key(key: str) -> bool:
    """Whether the value of a key of this name is never copy."""
    return key.lower().replace("-", "_") in _CODE_KEYS


def role_of_key(key: str) -> Role:
    """The role of the copy under a key of this name."""
    return _ROLE_OF_KEY.get(key.lower().replace("-", "_"), Role.STRING)


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
