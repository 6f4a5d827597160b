"""Slack's tokens: how each begins, and the page of Slack's app settings where it is found."""

WHERE = {
    "SLACK_BOT_TOKEN": (
        "the bot token, xoxb-…: api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token "
        "(it appears once the app is installed to the workspace)"
    ),
    "SLACK_APP_TOKEN": (
        "the app-level token for Socket Mode, xapp-…: api.slack.com/apps → your app → Basic Information → "
        "App-Level Tokens, with the scope connections:write"
    ),
    "SLACK_SIGNING_SECRET": (
        "the signing secret: api.slack.com/apps → your app → Basic Information → App Credentials → Signing Secret"
    ),
}
_PREFIX = {"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-"}


def token(variable: str, value: object) -> object:
    """The token without blanks around it. Raises ValueError where it is plainly another one."""
    if not isinstance(value, str):
        return value
    found = value.strip()
    own = _PREFIX[variable]
    if found.startswith(("xox", "xapp-", "xwfp-")) and not found.startswith(own):
        raise ValueError(WHERE[variable])
    return found
