"""Functions whose arguments no visitor reads, by the name they are called by."""

from __future__ import annotations

import re

_SILENT = frozenset(
    """require import cn clsx classnames cva twmerge twjoin cx tw tv cssclasses gtag fbq ga log warn debug queryselector
    queryselectorall getelementbyid getelementsbyclassname getelementsbytagname closest i18n usetranslations
    usetranslation gettranslations describe it test expect getbytext getbyrole getbytestid regexp url
    urlsearchparams matchmedia getpropertyvalue supports croak track trackevent trackclick trackpageview trackgoal
    trackconversion logevent sendevent sendgaevent sendgtmevent send_event sendbeacon captureevent captureexception
    capturemessage identify pageview defineemits assert invariant tinyinvariant warning fetch
    $fetch usefetch replacestate pushstate oneof""".split()
)
"""All their arguments are code."""
_CODE_ARGUMENTS = frozenset(
    """addeventlistener removeeventlistener dispatchevent customevent getattribute setattribute removeattribute
    hasattribute push replace prefetch navigate redirect permanentredirect getitem setitem removeitem get
    set has delete append includes startswith endswith indexof lastindexof split join match matchall search test
    localecompare hasownproperty tolocalestring tolocaledatestring tolocaletimestring numberformat datetimeformat dynamic
    lazy revalidatepath revalidatetag emit on off once $emit usequery usemutation prepare query execute exec readfilesync
    writefilesync readfile writefile resolve usecontext usestate_key usehead_key createclient env revert
    getcontext intersectionobserver useselector usescroll useform register watch setvalue geterror usestorage date
    getcollection getentry getentries glob setproperty animate fromto timeline headers header type dispatch eq ne
    capture defaultvalue padstart padend startofday format parse""".split()
)
"""Strings that are their arguments are code; functions and objects among them may hold copy."""
LOOKED_UP = frozenset("includes indexof lastindexof has".split())
"""What asks whether a list holds something."""
_TRANSLATING = frozenset("t $t tc $tc formatmessage".split())
"""What looks up a translation: by a key, with the text to show where there is none, or by the text itself."""
_ROOTS = frozenset(
    """console gtag axios logger log localstorage sessionstorage posthog analytics sentry mixpanel datalayer amplitude plausible
    umami performance rollbar bugsnag newrelic datadogrum datadoglogs""".split()
)
_ERRORS = re.compile(r"(?:Error|Exception)$")
_TAGS = re.compile(
    r"(?:^|\.)(?:gql|graphql|groq|sql|css|keyframes|createGlobalStyle|glsl|tw|injectGlobal)$|^styled\b|^css\b"
)
_NAME = re.compile(r"[\w$]+$")
_OBJECTS = re.compile(r"[\w$]+(?:\??\.[\w$]+){0,5}")
"""What a function is called on: ``window.dataLayer``, ``this.$gtag``."""


def silence(callee: str) -> tuple[bool, bool]:
    """Whether all arguments of a call are code, and whether strings that are arguments themselves are."""
    name = _NAME.search(callee)
    objects = _OBJECTS.match(callee)
    last = name.group() if name else ""
    if objects and not _ROOTS.isdisjoint(objects.group().lower().replace("$", "").replace("?", "").split(".")):
        return True, True
    if _ERRORS.search(last) or last.lower() in _SILENT:
        return True, True
    return False, last.lower() in _CODE_ARGUMENTS


def translates(callee: str) -> bool:
    """Whether a call looks up a translation, so that its first argument is a key unless it is a text."""
    name = _NAME.search(callee)
    return name is not None and name.group().lower() in _TRANSLATING


def is_code_tag(tag: str) -> bool:
    """Whether a template under this tag function is a style sheet or a query."""
    return bool(_TAGS.search(tag))
