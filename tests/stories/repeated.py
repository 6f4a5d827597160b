"""What Slack tells several times, also to several bots, is answered each time, and each time the same."""

from tests.stories.kit import Person, Place, words


def told_each_time(by: Person, where: Place, fragment: str) -> None:
    """Only they see it, word for word the same each time it came.

    An address for answers is good for five: on a busy machine, where each is announced first, some come as a direct
    message.
    """
    messages = [*Place(by.story, where.channel, viewer=by.id).messages(), *by.dm.messages()]
    answers = [each for each in messages if fragment in words(each)]
    assert len({words(each) for each in answers}) == 1, answers
    by.story.expected |= {(each.channel, each.ts) for each in answers}
