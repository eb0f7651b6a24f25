"""menulint: a compliance linter for aesthetic-clinic treatment menus and cosmetic copy."""
