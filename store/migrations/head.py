"""The revision that this version of Tocsin works with; apart, so that asking for it loads nothing else."""

HEAD = "0004"
