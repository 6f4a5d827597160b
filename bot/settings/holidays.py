"""Public holidays of a country, by the `holidays` library (imported only where a country is configured)."""

from dataclasses import dataclass, field
from datetime import date
from threading import Lock


@dataclass(frozen=True)
class CountryHolidays:
    """Answers `date in …` for any year; asked from several threads, as rules run on the store's own."""

    country: str
    subdivision: str | None = None
    _years: dict[int, frozenset[date]] = field(default_factory=dict, compare=False, repr=False)
    _lock: Lock = field(default_factory=Lock, compare=False, repr=False)

    def __contains__(self, day: object) -> bool:
        """Whether the date is a public holiday there."""
        if not isinstance(day, date):
            return False
        with self._lock:
            if day.year not in self._years:
                self._years[day.year] = self._of_year(day.year)
        return day in self._years[day.year]

    def _of_year(self, year: int) -> frozenset[date]:
        from holidays import country_holidays

        return frozenset(country_holidays(self.country, subdiv=self.subdivision, years=year))


def of_country(country: str, subdivision: str | None) -> CountryHolidays:
    """The holidays of a country (ISO code) and, if given, a part of it. Raises ValueError with what was expected."""
    from holidays import list_supported_countries

    from bot.settings.errors import one_of

    supported = list_supported_countries()
    if country not in supported:
        raise ValueError("a country by its two letters in capitals, such as {country: ES, subdivision: MD}")
    if subdivision is not None and subdivision not in supported[country]:
        raise ValueError(f"as subdivision of {country} {one_of(supported[country], near=subdivision)}")
    return CountryHolidays(country, subdivision)
