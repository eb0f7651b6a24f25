"""How fast the HTML reader is: an ordinary page, and hostile ones of two sizes.

Run ``python benchmarks/html_reader.py``. The ratio of a hostile page to one half as long should be near 2.
"""

from __future__ import annotations

import sys
import time

from menulint.readers.base import SourceBuilder
from menulint.readers.html import READER
from menulint.readers.html_scan import Scanner

HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Treatments &amp; prices</title>
<meta name="description" content="Facials, peels and skin treatments in our clinic.">
<link rel="stylesheet" href="/assets/site.css"><style>body{margin:0;font:16px/1.5 sans-serif}</style>
<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}</script></head><body>
"""
SECTION = """<section class="treatments__section wp-block-group" id="section-{n}" data-analytics="view-{n}">
  <h2 class="treatments__title">Treatment number {n} &ndash; for face and neck</h2>
  <p class="treatments__text">Our practitioners look at your skin first and tell you plainly what a course of treatment
  can do for it, what it cannot do, and how long any change tends to last. <a class="text-link" href="/treatments/{n}">
  Read more about <strong>how we work</strong></a> before you decide.</p>
  <img class="lazy" loading="lazy" src="/images/treatment-{n}.jpg" alt="A practitioner beside a treatment chair">
  <ul class="treatments__list"><li class="item">Consultation with a nurse</li><li class="item">Aftercare by
  telephone</li><li class="item">A second visit after two weeks</li></ul>
  <table class="prices"><tr><td>One session of forty minutes</td><td class="num">&pound;{n}</td></tr>
  <tr><td>A course of three sessions</td><td class="num">&pound;{n}</td></tr></table>
  <script>gtag('event', 'section_view', {{'section': {n}, 'list': 'treatments', 'currency': 'GBP'}});</script>
</section>
"""
WRAPPER = """<div class="elementor-element elementor-widget e-flex e-con-boxed" data-id="{n}"
 data-element_type="container" data-settings="{{&quot;background&quot;:&quot;classic&quot;,
&quot;position&quot;:&quot;relative&quot;}}">
<style>.elementor-{n} .e-con{{--padding-top:40px;--padding-bottom:40px;--flex-wrap:nowrap}}</style>
<script>document.addEventListener('DOMContentLoaded', function () {{ var el = document.getElementById('section-{n}');
  if (el && el.offsetTop < window.innerHeight) {{ el.classList.add('is-visible'); window.observer.observe(el); }} }});
  /* the same few lines, as builders of sites repeat them for each section of a page, minified or not */</script>
<picture><source srcset="/images/{n}-480.webp 480w, /images/{n}-960.webp 960w, /images/{n}-1920.webp 1920w"
type="image/webp">
</picture></div>
"""
HOSTILE = {
    "brackets": "<",
    "open attributes": '<a b="',
    "open comments": "<!--",
    "comments": "<!--x-->",
    "nested blocks": "<div>x",
    "nested cells": "<table><td>x",
    "references": "&amp;",
    "row spans": "<tr><td rowspan=99 colspan=3>x",
    "templates": "{% a",
}


def seconds(page: str) -> float:
    """The best of three readings."""
    times = []
    for _ in range(3):
        build = SourceBuilder(page)
        start = time.process_time()
        READER.read(page, build)
        times.append(time.process_time() - start)
    return min(times)


def scan_seconds(page: str) -> float:
    """The best of three passes of the scanner alone."""
    times = []
    for _ in range(3):
        start = time.process_time()
        for _ in Scanner(page, 0, len(page)).tokens():
            pass
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Write the figures."""
    write = sys.stdout.write
    dense = HEAD + "".join(SECTION.format(n=n) for n in range(1000))
    ordinary = HEAD + "".join((WRAPPER * 2 + SECTION).format(n=n) for n in range(600))
    for name, page in (("ordinary", ordinary), ("dense", dense)):
        size = len(page) / 1e6
        write(f"{name} page of {size:.1f} MB: read {size / seconds(page):.1f} MB/s, ")
        write(f"scan alone {size / scan_seconds(page):.1f} MB/s\n")
    for name, piece in HOSTILE.items():
        half, whole = seconds(piece * 20_000), seconds(piece * 40_000)
        write(f"{name}: {half:.3f} s, twice as long {whole:.3f} s, ratio {whole / max(half, 1e-9):.1f}\n")


if __name__ == "__main__":
    main()
