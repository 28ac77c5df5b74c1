"""The copy of everything held on one person (Convention 108+, Article 9.1 b), made from the register."""

MAY_COPY = "accounts.copy_person"
