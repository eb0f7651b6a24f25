"""The version, as a release writes it; a package's metadata is read from here."""

__version__ = "0.1.0"
