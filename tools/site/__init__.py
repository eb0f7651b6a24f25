"""The documentation site: pages made of the pack, and the hook by which MkDocs takes them up."""
