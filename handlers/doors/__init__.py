"""What other programs ask of the bot over HTTP, and who presses a link in a page: one door a file."""
