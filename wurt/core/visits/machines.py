"""Is this request a person who opens a page? Robots, probes and readers of feeds say so themselves.

The words are parts of user agents as their owners publish them. Whoever hides is counted as a person.
"""

import re
from functools import lru_cache

from django.http import HttpRequest

_WORDS = (
    # What nearly every robot, library and monitor has in its name.
    r"bot\b|bot[/;_ -]|crawl|spider|slurp|scrape|fetch|archiv|headless|phantomjs|selenium|puppeteer",
    r"lighthouse|validator|monitor|uptime|pingdom|statuscake|nagios|zabbix|checkmk|icinga|prometheus|kube-probe|blackbox",
    r"curl|wget|python|java/|okhttp|go-http|perl|ruby|php|axios|node|httpie|postman|insomnia|guzzle",
    r"httpclient|healthcheck|googlehc|playwright|\bwurt",
    # Training and answering machines whose names have none of these words.
    r"chatgpt|oai-search|openai|claude|anthropic|perplexity|cohere|diffbot|omgili|google-extended|googleother",
    r"google-read-aloud|mediapartners|meta-external|mistralai|timpi|imagesift|semrush|ahrefs|dataforseo",
    # Messengers and networks that fetch a page to show a picture of it. Their own browsers are for people.
    r"^whatsapp|^viber|^mastodon|^signal|^matrix|facebookexternalhit|skypeuripreview|bingpreview|slack-img",
    r"embedly|iframely|linkpreview|link preview",
    # Readers of feeds.
    r"feed|\brss|newsblur|inoreader|freshrss|miniflux|liferea|thunderbird|podcast|netnewswire|newsboat",
)
_MACHINE = re.compile("|".join(_WORDS), re.IGNORECASE)
_AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


@lru_cache(maxsize=2048)
def is_machine(user_agent: str) -> bool:
    """Does the user agent say that nobody sits in front of it? No user agent at all says so too."""
    return len(user_agent) < 8 or _MACHINE.search(user_agent) is not None


def by_a_person(request: HttpRequest) -> bool:
    """A GET that a browser makes because somebody wants to see the answer now.

    Browsers always send the languages of their owner; what they fetch ahead they mark (Fetch metadata,
    ``Sec-Purpose: prefetch``).
    """
    meta = request.META
    if request.method != "GET" or not meta.get("HTTP_ACCEPT_LANGUAGE"):
        return False
    if any("pre" in str(meta.get(name, "")).lower() for name in _AHEAD):
        return False
    return not is_machine(str(meta.get("HTTP_USER_AGENT", "")))
