"""Spam held off without shutting anybody out: trap, time, rates, proof of work. See README.md."""
