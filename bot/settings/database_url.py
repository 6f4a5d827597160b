"""Database addresses as people have them, in the form that the store opens."""

from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}
EXPECTED = "sqlite+aiosqlite:///tocsin.db or postgresql://user:password@host/database"


def for_sqlalchemy(value: object) -> str:
    """`postgresql://…?sslmode=require` becomes `postgresql+asyncpg://…?ssl=require`. Raises ValueError."""
    scheme, colon, rest = str(value).strip().partition("://")
    driver = _DRIVERS.get(scheme.lower())
    if not colon or driver is None:
        raise ValueError(EXPECTED)
    if driver.startswith("sqlite"):
        if not rest.startswith("/"):
            raise ValueError(f"three slashes before a file's path, as in {EXPECTED}")
        return f"{driver}://{rest}"
    return _for_asyncpg(driver, rest)


def passwords(address: str) -> tuple[str, ...]:
    """The password in it, as it is written there and as it is meant; nothing where there is none."""
    try:
        parts = urlsplit(address)
        written = [parts.password or "", *(value for key, value in parse_qsl(parts.query) if key == "password")]
    except ValueError:
        return ()
    return tuple(dict.fromkeys(form for each in written if each for form in (each, unquote(each))))


def _for_asyncpg(driver: str, rest: str) -> str:
    """asyncpg knows libpq's `sslmode` as `ssl`."""
    try:
        parts = urlsplit(f"//{rest}")
    except ValueError:
        raise ValueError(EXPECTED) from None
    query = urlencode([("ssl" if key == "sslmode" else key, value) for key, value in parse_qsl(parts.query)])
    return f"{driver}://{parts.netloc}{parts.path}{'?' if query else ''}{query}"
