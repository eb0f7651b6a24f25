"""Many pages: from folders and crawls to a store of findings.

Inputs are planned into units (``plan``), each unit is read record by record (``folders``, ``archives``, ``tables``),
each record judged (``judge``), and what is found of a unit becomes three Parquet files (``store``). An engine
(``local``, ``ray_engine``) runs units on whatever processes there are; ``run`` holds it together.

The libraries for archives and columns come with the extra ``scan``; without it ``run`` says so.
"""
