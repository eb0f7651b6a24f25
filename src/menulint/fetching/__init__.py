"""Pages from the web into a web archive: the only part of the program that opens a network connection.

``crawl`` decides what is asked for and when, ``robots`` and ``sitemap`` read what a site says about that, ``connection``
asks, ``addresses`` says which machines may be asked at all, and ``archive`` keeps what was sent and received.

The libraries for it come with the extra ``fetch``.
"""
