"""What a published month becomes outside the pages: PDF, slides, CSV, JSON, calendar, feed, timeline.

Everything is made from the frozen facts of :mod:`wurt.modules.agenda.domain.snapshot`, in German, without
touching the database: ``pdf``, ``slides``, ``tables``, ``feeds``, ``gantt``.
"""
