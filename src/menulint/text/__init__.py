"""Folding with offset maps, words, sentences and clauses. Standard library only."""
