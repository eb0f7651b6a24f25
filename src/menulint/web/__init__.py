"""The page in a browser: copy pasted or dropped, checked on this machine, and shown with its problems in plain words."""
