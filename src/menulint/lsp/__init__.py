"""The language server: what menulint says of a page while it is written, in any editor that speaks the protocol (LSP 3.17)."""
