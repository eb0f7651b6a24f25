"""Reports over a whole scan: a dashboard, tables, a brief, and what differs between two scans.

They show plain values (``overview``, ``difference``) that ``menulint.scanning`` gathers from a store, and read no store
themselves.
"""
