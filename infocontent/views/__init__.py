"""The public pages of the library, of the DIP and of the announcements."""
