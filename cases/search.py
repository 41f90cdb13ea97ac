"""Full-text search that means the same on PostgreSQL (tsvector, GIN) and SQLite (FTS5)."""

import re
from typing import Any

from django.db.models import BooleanField, Func, Value

_WORD = re.compile(r"\w+")
MAX_TERMS = 12


class MatchesText(Func):
    """Whether a case's subject and narrative hold, for each given word, a word that begins with it.

    The index is the column `search` (PostgreSQL) or the shadow table cases_search (SQLite) that the
    migrations make and the database keeps by itself.
    """

    output_field = BooleanField()
    arity = 2

    def __init__(self, pk: Any, words: str, **extra: Any) -> None:
        super().__init__(pk, Value(words), **extra)
        self.words = words

    @staticmethod
    def terms(words: str) -> list[str]:
        return [word.lower()[:40] for word in _WORD.findall(words.replace("_", " "))][:MAX_TERMS]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        sql, params = compiler.compile(self.source_expressions[0])
        query = " & ".join(f"{term}:*" for term in self.terms(self.words))
        match = f"{sql} IN (SELECT id FROM cases_case WHERE search @@ to_tsquery('simple', %s))"  # noqa: S608
        return match, [*params, query]

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        sql, params = compiler.compile(self.source_expressions[0])
        query = " ".join(f'"{term}"*' for term in self.terms(self.words))
        match = f"{sql} IN (SELECT rowid FROM cases_search WHERE cases_search MATCH %s)"  # noqa: S608
        return match, [*params, query]
