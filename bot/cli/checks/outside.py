"""What the configuration wants told outside of Slack, and whether the environment sets that up."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from bot.cli.checks.line import Line
from bot.outside.ways import Ways, outward
from bot.rules.paging.reaching import LOUD
from bot.rules.policy import Policy
from bot.settings.environment import Environment
from bot.views.text import listed
from bot.views.ways import NAMES

OWN = frozenset({"localhost", "127.0.0.1", "::1"})
KEYS = "PAGERDUTY_ROUTING_KEYS"


def outside(policy: Policy, environment: Environment) -> list[Line]:
    """A line for each thing that could never go out, or never be answered."""
    ways = outward(environment, secret="").ways
    found = (_halves(environment), _audiences(policy, ways), _services(policy, ways), _webhooks(policy, ways))
    return [*_ways(policy, ways), *(line for lines in found for line in lines), *_links(environment, ways)]


def _ways(policy: Policy, ways: Ways) -> Iterable[Line]:
    """By what people can be paged here, where somebody is."""
    what = f"Ways to page people: {listed(NAMES[way] for way in ways.offered)}"
    is_loud = bool(ways.pagerduty.keys) or not LOUD.isdisjoint(ways.offered)
    if policy.policies and is_loud:
        yield Line(what)
    elif policy.policies:
        cure = "set NTFY_URL, TWILIO_… or WEBHOOK_SECRET (docs/reaching.md), or let levels page a PagerDuty service"
        yield Line(f"{what}; nothing here wakes anybody up", cure, warns=True)


def _halves(environment: Environment) -> Iterable[Line]:
    """Twilio, where only a part of what it needs is set: it would be as if nothing was."""
    held = {
        "TWILIO_ACCOUNT_SID": environment.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": environment.twilio_auth_token,
        "TWILIO_FROM": environment.twilio_from,
    }
    missing = [name for name, value in held.items() if not value]
    if 0 < len(missing) < len(held):
        verb = "is" if len(missing) == 1 else "are"
        what = f"Text messages and phone calls: {listed(missing)} {verb} not set"
        yield Line(what, "Twilio needs all three; without them nobody is offered these ways")


def _audiences(policy: Policy, ways: Ways) -> Iterable[Line]:
    for each in policy.audiences:
        if each.mail and ways.mail is None:
            what = f"Audience {each.name} is told by mail, and SMTP_URL is not set"
            yield Line(what, "set SMTP_URL, or name a channel alone")


def _services(policy: Policy, ways: Ways) -> Iterable[Line]:
    for name, where in _paged_services(policy).items():
        if name not in ways.pagerduty.keys:
            what = f"PagerDuty service {name} ({where}) has no key in {KEYS}"
            yield Line(what, f"add `{name}=…`, the routing key of its Events API v2; until then it pages nobody")


def _paged_services(policy: Policy) -> Mapping[str, str]:
    """Each service of PagerDuty that is paged, and where it is named first."""
    named = [
        (target, f"level {number} of {each.name}")
        for each in policy.policies
        for number, level in enumerate(each.levels, 1)
        for target in level.who
    ]
    named += [(target, f"rule {number}") for number, rule in enumerate(policy.rules, 1) for target in rule.page]
    found: dict[str, str] = {}
    for target, where in named:
        if target.kind == "pagerduty":
            found.setdefault(target.name, where)
    return found


def _webhooks(policy: Policy, ways: Ways) -> Iterable[Line]:
    for number, rule in enumerate(policy.rules, 1):
        if rule.do == "webhook" and ways.webhook is None:
            what = f"Rule {number} tells a webhook, and WEBHOOK_SECRET is not set"
            yield Line(what, "set it to a long secret: what goes out is signed with it, and without it nothing does")


def _links(environment: Environment, ways: Ways) -> Iterable[Line]:
    beyond, public = [NAMES[way] for way in ways.offered if way != "slack"], environment.public_url
    if beyond and public and urlsplit(public).scheme == "http" and urlsplit(public).hostname not in OWN:
        what = "PUBLIC_URL begins with http://: whoever is on the way can read the links in pages, and press them"
        yield Line(what, "put a proxy with TLS before this Tocsin, and name its https:// address", warns=True)
    if beyond and not public:
        what = f"PUBLIC_URL is not set: pages by {listed(beyond)} can be answered in Slack alone"
        yield Line(what, "set it to the address where people reach this Tocsin", warns=True)
