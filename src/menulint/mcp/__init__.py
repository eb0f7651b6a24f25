"""The assistant's hook: a Model Context Protocol server, so that copy written with an assistant is
checked before it is pasted.
"""
