"""One transaction of a change, from inside: who may, what is known, what comes of it, what is drawn anew."""
