"""The shape of the configuration file: which keys there are, and what each takes; `checks` compares them."""

from collections.abc import Callable
from datetime import time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import (
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    create_model,
    model_validator,
)

from bot.rules.calendar import WEEKDAYS
from bot.rules.permissions import ACTS, OF_INCIDENT, WORDS
from bot.rules.policy import ARCHIVE_AFTER, CHANGES_WITHIN
from bot.settings import automation, texts
from bot.settings.alerts import shapes as alerts
from bot.settings.alerts.shapes import AlertsShape, MaintenanceShape
from bot.settings.automation import RuleShape
from bot.settings.holidays import CountryHolidays, of_country
from bot.settings.oncall import shapes as oncall
from bot.settings.oncall.shapes import PersonShape, PolicyShape, RotationShape
from bot.settings.shape import (
    Channel,
    Criterion,
    Day,
    Folder,
    Handle,
    Length,
    Link,
    Mail,
    Name,
    Shape,
    Span,
    Title,
    Weekdays,
    Word,
)
from bot.settings.watches import shapes as watches
from bot.settings.watches.shapes import WatchShape


class CountryShape(Shape):
    """`{country: ES, subdivision: MD}`."""

    country: Name
    subdivision: Name | None = None

    @model_validator(mode="after")
    def _known(self) -> "CountryShape":
        of_country(self.country, self.subdivision)
        return self

    def holidays(self) -> CountryHolidays:
        """What answers whether a date is a holiday there."""
        return of_country(self.country, self.subdivision)


TAG = "("
"""How a tag begins: pydantic names it among the keys of a place, and no key of the file begins so."""

Holidays: TypeAlias = Annotated[
    Annotated[list[Day], Tag("(dates)")] | Annotated[CountryShape, Tag("(country)")],
    Discriminator(lambda value: "(country)" if isinstance(value, dict | CountryShape) else "(dates)"),
]


class BusinessShape(Shape):
    """When business hours are; `hours` as opening and closing."""

    days: Weekdays = WEEKDAYS
    hours: Annotated[tuple[time, time], PlainValidator(texts.hours)] = (time(9), time(18))
    holidays: Holidays = []


class ChannelsShape(Shape):
    """Where things are said."""

    announce: Channel = "#incidents"
    prefix: Annotated[str, PlainValidator(texts.prefix)] = "inc"
    triage: Channel | None = None
    digest: Channel | None = None
    archive_after: Length | None = ARCHIVE_AFTER


class SlackShape(Shape):
    """The slash command, and how fast a channel is written to."""

    command: Annotated[str, PlainValidator(texts.command)] = "/incident"
    channel_rate: Annotated[float, PlainValidator(texts.rate)] = 1.0
    burst: Annotated[int, Field(ge=1, le=100)] = 5


class BackupShape(Shape):
    """Copies of the database that the bot makes by itself."""

    to: Folder
    every: Span = timedelta(days=1)
    keep: Span = timedelta(days=30)


class RetentionShape(Shape):
    """How long what people wrote is kept after an incident was closed."""

    keep: Span | None = None


class ChangesShape(Shape):
    """How far back an incident looks for what was changed."""

    within: Span = CHANGES_WITHIN


class TeamShape(Shape):
    """Who owns services."""

    name: Name
    channel: Channel | None = None
    group: Handle | None = None
    policy: Name | None = None
    invite: list[Handle] = []


class AudienceShape(Shape):
    """Who is told of an incident from outside, by its severity."""

    name: Name
    severities: list[Name]
    mail: list[Mail] = []
    channel: Channel | None = None


class ServiceShape(Shape):
    """What can break."""

    name: Name
    aliases: list[Name] = []
    team: Name | None = None
    dashboards: list[Link] = []
    bridge: Link | None = None


class SeverityShape(Shape):
    """A level; what it does not say, `defaults` fills in before it comes here."""

    name: Word
    aliases: list[Word]
    title: Title
    criteria: Annotated[list[Criterion], Field(max_length=10)]
    respond_within: Length
    update_every: Length
    escalate_after: Length
    hours: Literal["always", "business"]
    room: Literal["channel", "thread"]
    announce: Literal["announce", "team", "none"]
    page: bool
    ticket: bool
    invite: list[Handle]


def _who(act: str) -> Any:
    """Who may do an act; where it is about no incident, its people cannot be meant."""
    words = [word for word in WORDS if ACTS[act].of_incident or word not in OF_INCIDENT]
    read: Callable[[object], tuple[str, ...]] = partial(texts.who, words=words)
    return Annotated[tuple[str, ...] | None, PlainValidator(read)]


if TYPE_CHECKING:

    class PermissionsShape(Shape):
        """Who may do what: a key for each act."""

else:  # made from the table of acts, so that the two cannot drift
    PermissionsShape = create_model("PermissionsShape", __base__=Shape, **{act: (_who(act), None) for act in ACTS})


class Configuration(Shape):
    """The whole file."""

    timezone: Annotated[ZoneInfo, PlainValidator(texts.time_zone)] = ZoneInfo("UTC")
    business: BusinessShape = BusinessShape()
    channels: ChannelsShape = ChannelsShape()
    slack: SlackShape = SlackShape()
    teams: list[TeamShape] = []
    services: list[ServiceShape] = []
    audiences: list[AudienceShape] = []
    people: list[PersonShape] = []
    rotations: list[RotationShape] = []
    policies: list[PolicyShape] = []
    default_policy: Name | None = None
    rules: list[RuleShape] = []
    severities: list[SeverityShape]
    heartbeat: Link | None = None
    backup: BackupShape | None = None
    retention: RetentionShape = RetentionShape()
    changes: ChangesShape = ChangesShape()
    prometheus: Link | None = None
    watches: Annotated[list[WatchShape], Field(max_length=200)] = []
    alerts: AlertsShape = AlertsShape()
    maintenance: list[MaintenanceShape] = []
    permissions: PermissionsShape = PermissionsShape()


KEYS: dict[tuple[str, ...], type[Shape]] = {
    (): Configuration,
    ("business",): BusinessShape,
    ("business", "holidays"): CountryShape,
    ("channels",): ChannelsShape,
    ("slack",): SlackShape,
    ("teams",): TeamShape,
    ("services",): ServiceShape,
    ("audiences",): AudienceShape,
    ("severities",): SeverityShape,
    ("backup",): BackupShape,
    ("retention",): RetentionShape,
    ("changes",): ChangesShape,
    ("permissions",): PermissionsShape,
    **oncall.KEYS,
    **automation.KEYS,
    **alerts.KEYS,
    **watches.KEYS,
}
"""Which keys are known where: what an unknown one is compared with."""
