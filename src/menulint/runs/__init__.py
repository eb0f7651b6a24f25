"""A run over many files: which they are, what each is judged by, reports kept from the run before, processes."""
