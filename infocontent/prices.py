"""The price list as readers see it: what holds today, what held before, what is decreed."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from office.calendar import today as office_today

from .models import Tariff

GROUPS: dict[str, str | Promise] = {
    "paspor": _("Paspor dan SPLP"),
    "visa": _("Visa"),
    "izin-tinggal": _("Izin tinggal"),
    "denda": _("Denda"),
}


@dataclass
class Price:
    """One thing that costs something. `now` is None until its first price begins."""

    now: Tariff | None = None
    earlier: list[Tariff] = field(default_factory=list)
    later: list[Tariff] = field(default_factory=list)

    @property
    def named(self) -> Tariff:
        """Which of its rows gives the name."""
        return self.now or self.later[-1]

    def take(self, tariff: Tariff, day: date) -> None:
        """Put one more price where it belongs; the newest comes first."""
        if tariff.valid_from > day:
            self.later.append(tariff)
        elif self.now is None:
            self.now = tariff
        else:
            self.earlier.append(tariff)


@dataclass
class PriceGroup:
    code: str
    prices: list[Price]

    @property
    def label(self) -> str | Promise:
        return GROUPS.get(self.code) or self.code.replace("-", " ").capitalize()


def price_list(today: date | None = None) -> list[PriceGroup]:
    """Every price in the order of the table; one query."""
    day = today or office_today()
    prices: dict[str, Price] = {}
    groups: dict[str, PriceGroup] = {}
    for tariff in Tariff.objects.order_by("order", "code", "-valid_from"):
        if tariff.code not in prices:
            prices[tariff.code] = Price()
            group = groups.setdefault(tariff.group, PriceGroup(tariff.group, []))
            group.prices.append(prices[tariff.code])
        prices[tariff.code].take(tariff, day)
    return list(groups.values())
