"""Claims × rules → matches, with what each jurisdiction makes of them. No spaCy, no input or output.

``engine.Engine`` is the door to it. Nothing is imported here: a page without a claim needs only ``places``.
"""
