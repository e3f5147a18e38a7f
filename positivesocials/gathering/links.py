"""Addresses of articles: one way to write each, so that the same article is known again."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from positivesocials.core.fetching import NotFetched, tidied

# What says who sent a reader, and nothing of where the article is.
TRACKING = {
    *("fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid"),
    *("mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "hsctatracking", "vero_id", "oly_anon_id"),
    *("oly_enc_id", "wickedid", "ref_src", "ref_url", "wt_mc", "xtor", "ncid", "cmpid", "at_medium"),
    *("at_campaign", "__twitter_impression", "_ga", "_gl", "s_cid", "ito"),
}
PREFIXES = ("utm_", "pk_", "piwik_", "mtm_", "hsa_")


def canonical(url: str) -> str:
    """The address without what only tracks, or nothing if it is none that a reader may be led to."""
    try:
        parts = urlsplit(tidied(url))
    except NotFetched:
        return ""
    query = "&".join(pair for pair in parts.query.split("&") if not _tracks(pair.partition("=")[0]))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _tracks(name: str) -> bool:
    name = name.casefold()
    return name in TRACKING or name.startswith(PREFIXES)


def key_of(url: str) -> str:
    """What two addresses of one article have in common: no scheme, no www, no order of parameters."""
    parts = urlsplit(url)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{query}"
