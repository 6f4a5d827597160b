"""What `tocsin run` keeps in memory: nothing that only another command, a migration or a test needs, or that nothing
is configured for."""

from pathlib import Path

from tests.processes.running import ended

NOT_NEEDED = ("alembic", "bot.sandbox", "holidays", "hypothesis", "mako", "matplotlib", "playwright", "pytest", "rich")
NOT_CONFIGURED = ("aiosmtplib", "icalendar", "recurring_ical_events")


async def test_what_only_others_need_is_not_imported(tmp_path: Path) -> None:
    status, out, err = await ended(tmp_path, "-c", "import sys, bot.__main__, bot.app; print(*sys.modules)")
    assert status == 0, err
    loaded = set(out.split())
    assert "bot.cli.run" in loaded
    assert not [name for name in (*NOT_NEEDED, *NOT_CONFIGURED) if name in loaded]
