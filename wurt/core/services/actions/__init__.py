"""The only writers of stages, operators, testers and hand-overs."""
