"""`tocsin run` that cannot: one sentence that says what to mend, exit status 2, no stack trace."""

import sqlite3
from pathlib import Path

import pytest

from tests.processes.running import ended, free_port

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1-a", "SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef", "PORT": "0"}


async def refused(folder: Path, command: str = "run", **variables: str) -> str:
    """What it says on stderr before it ends."""
    status, out, err = await ended(folder, "-m", "bot", command, **variables)
    assert status == 2, (out, err)
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) <= 3, err
    return err


@pytest.mark.parametrize(
    ("missing", "where"), [("SLACK_BOT_TOKEN", "OAuth & Permissions"), ("SLACK_SIGNING_SECRET", "Basic Information")]
)
async def test_a_missing_token_is_named_with_its_place(tmp_path: Path, missing: str, where: str) -> None:
    said = await refused(tmp_path, **{name: value for name, value in TOKENS.items() if name != missing})
    assert missing in said
    assert where in said


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("timezone: [Europe/Madrid", "1", "tocsin.yaml"),
        ("timezone: Europe/Madrid\nchanels: {announce: '#incidents'}\n", "2", "channels"),
        ("severities:\n  - name: SEV1\n    respond_within: soon\n", "3", "20s, 5m, 4h"),
        ("severities:\n  - {name: SEV1}\n  - {name: SEV1}\n", "3", "SEV1"),
    ],
)
async def test_a_mistake_in_the_file_has_its_line(tmp_path: Path, text: str, line: str, expected: str) -> None:
    (tmp_path / "tocsin.yaml").write_text(text, encoding="utf-8")
    said = await refused(tmp_path, **TOKENS)
    assert "tocsin.yaml" in said
    assert f":{line}" in said or f"line {line}" in said, said
    assert expected in said


@pytest.mark.parametrize("command", ["run", "migrate"])
async def test_a_database_that_is_not_there(tmp_path: Path, command: str) -> None:
    nowhere = f"postgresql+asyncpg://ada:hush@127.0.0.1:{free_port()}/tocsin"
    said = await refused(tmp_path, command, **TOKENS, DATABASE_URL=nowhere)
    assert "Cannot reach the database" in said
    assert "hush" not in said
    said = await refused(tmp_path, command, **TOKENS, DATABASE_URL="sqlite+aiosqlite:///nowhere/tocsin.db")
    assert "there is no directory nowhere" in said


async def test_an_address_in_use(tmp_path: Path) -> None:
    import asyncio

    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    async with server:
        said = await refused(tmp_path, **{**TOKENS, "PORT": str(server.sockets[0].getsockname()[1])})
    assert "address" in said


async def test_migrate_brings_the_database_up(tmp_path: Path) -> None:
    for _ in range(2):
        status, out, err = await ended(tmp_path, "-m", "bot", "migrate", DATABASE_URL="sqlite+aiosqlite:///tocsin.db")
        assert (status, err) == (0, "")
        assert "up to date" in out
    database = sqlite3.connect(tmp_path / "tocsin.db")
    assert database.execute("SELECT count(*) FROM incidents").fetchone() == (0,)
    database.close()


async def test_it_says_its_commands(tmp_path: Path) -> None:
    status, out, _ = await ended(tmp_path, "-m", "bot", "--help")
    assert status == 0
    for command in ("run", "demo", "check", "migrate"):
        assert command in out
