"""How French pages of the back office write days, times and numbers: as the Council of Europe does."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j N Y"
DATETIME_FORMAT = r"j F Y, G\hi"
SHORT_DATETIME_FORMAT = r"j N Y, G\hi"
TIME_FORMAT = r"G\hi"
THOUSAND_SEPARATOR = "\u202f"
