"""The facts that an editor can put into a text, with what they say today."""

from dataclasses import dataclass

from ..facts import FACTS, fill_in
from ..models import Tariff

OF_THE_OFFICE = ("nama", "alamat", "telepon", "whatsapp", "email")


@dataclass(frozen=True)
class Fact:
    mark: str
    label: str
    says: str


def insertable_facts() -> list[Fact]:
    """Prices, price tables, opening hours and what is known of the office; blank ones left out."""
    prices = list(Tariff.objects.in_force())
    facts = [Fact(f"[[tarif {row.code}]]", row.name, row.rupiah) for row in prices]
    groups = dict.fromkeys(row.group for row in prices)
    facts += [Fact(f"[[tabel-tarif {group}]]", "Tabel tarif", group) for group in groups]
    facts.append(Fact("[[jam-layanan]]", "Jam layanan", "daftar hari dan jam"))
    for what in OF_THE_OFFICE:
        mark = f"[[kantor {what}]]"
        if (says := fill_in(mark)) != mark:
            facts.append(Fact(mark, f"Kantor: {what}", says.replace("\\", "")))
    return [fact for fact in facts if fact.mark[2:-2].split()[0] in FACTS]
