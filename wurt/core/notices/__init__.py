"""One place for notices: who follows what, who is told how and when, and that nobody is told twice."""
