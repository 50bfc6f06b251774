"""site_builder: a bureau's disclosure records in, its statutory portal out."""

__version__ = "0.1.0"
