"""Loads, checks and compiles lexicons and rules: the only place that reads their YAML."""
