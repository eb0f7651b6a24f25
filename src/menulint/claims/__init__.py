"""From mentions to claims: page evidence, speaker, stance and frames. Plain values in, plain values out.

``making.claims_of`` is the door to it. Nothing is imported here: a page without a mention needs only ``page`` and ``place``.
"""
