"""Whether words are likely to hurt their reader, so that their writer is asked once. Nothing is kept of it.

It wants somebody addressed: to tell what one was called is no insult. tests/unkind.txt says what asks and
what does not.
"""

from collections.abc import Mapping
from typing import Any

from positivesocials.core.wording import folded, one_of
from positivesocials.messaging.cautions import is_threat

ASKED = 428  # Precondition Required: the answer "Send anyway".
_BETWEEN = (
    "are|r|so|such|an?|the|fucking|fuckin|little|just|complete|total|absolute|all|really|very"
    "|big|old|nothing|but"
)
_YOU = rf"\b(?:you|youre|you're|ur|u|ya)\W+(?:(?:{_BETWEEN})\W+){{0,4}}"
_NAMES = (
    r"(?:idiots?|morons?|stupid|dumb|loser|losers|pathetic|worthless|trash|garbage|scum"
    r"|disgusting|ugly|fat\W+pig|pig"
    r"|freak|creep|bitch(?:es)?|whores?|sluts?|skank|cunts?|assholes?|bastards?|faggots?|fags?"
    r"|trann(?:y|ies)|shemales?"
    r"|dykes?|retards?|retarded|niggers?|spics?|chinks?|kikes?|pakis?|diseased|filthy|dirty|plague)\b"
)
_HARD = (
    r"(?:bitch(?:es)?|whores?|sluts?|cunts?|assholes?|faggots?|fags?|trann(?:y|ies)|shemales?"
    r"|retards?|niggers?|kikes?)\b"
)
_NOMBRES = (
    r"(?:idiotas?|imbecil(?:es)?|estupid[oa]s?|tont[oa]s?|asqueros[oa]s?|put[oa]s?|zorras?"
    r"|maricon(?:es)?|perras?|basura"
    r"|mierda|gilipollas|pendej[oa]s?|cerd[oa]s?|escoria|sidos[oa]s?|sucio|sucia|infectad[oa]s?|fe[oa])\b"
)
_ASMA = (
    r"(?:غبي|غبيه|حمار|حماره|كلب|كلبه|حقير|حقيره|قذر|قذره|عاهره|شرموط|شرموطه|قحبه|شاذ|لوطي|خنيث"
    r"|حيوان|زباله|وسخ|وسخه|موبوء)\b"
)
_hurts = one_of(
    rf"{_YOU}{_NAMES}",
    rf"\b(?:fucking|fuckin|stupid|dirty|filthy|disgusting|ugly|fat)\W+{_HARD}",
    rf"^\W*(?:\w+\W+)?{_HARD}\W*$",
    rf"\b(?:such\W+an?|what\W+an?)\W+{_NAMES}\W*$",
    r"\b(?:fuck|screw)\W+(?:you|u|off)\b",
    r"\bshut\W+(?:the\W+fuck\W+)?up\b",
    r"\b(?:go\W+to\W+hell|kill\W+yourself|kys|drop\W+dead|go\W+die|hope\W+you\W+(?:die|get\W+sick|rot))\b",
    r"\b(?:people|someone|anyone)\W+like\W+you\b~\b(?:should|deserve|disgust|make\W+me\W+sick)",
    r"\byou\W+deserve(?:d)?\W+(?:it|this|that|to\W+(?:die|suffer|be\W+sick))\b",
    r"\bare\W+you\W+clean\b",
    r"\b(?:send|show)\W+(?:me\W+)?(?:\w+\W+){0,3}?(?:nudes?|naked|tits|boobs|dick|cock|pussy)\b",
    r"\b(?:i|wanna|want\W+to|gonna|lets|let's|can\W+i|let\W+me)\W+(?:wanna\W+|will\W+"
    r"|want\W+to\W+)?(?:fuck|bang|breed)\W+(?:you|u|your)\b",
    r"\byou\W+owe\W+me\b",
    r"\b(?:don'?t|do\W+not|stop)\W+(?:be|being)\W+(?:a\W+|such\W+a\W+|so\W+)?(?:prude|tease|frigid)\b",
    rf"(?<!no\W)\b(?:eres|sos|sois)\W+(?:\w+\W+){{0,3}}?{_NOMBRES}",
    r"\bvete\W+a\W+la\W+mierda\b|\bque\W+te\W+(?:jodan|den)\b|\bcallate\b|\bmuerete\b|\bmatate\b",
    r"\bhij[oa]\W+de\W+puta\b|\bchinga\W+tu\W+madre\b|\bputa\W+madre\b",
    r"^\W*(?:\w+\W+)?(?:puta|puto|zorra|maricon|gilipollas|pendejo|pendeja|cabron|imbecil)\W*$",
    r"\b(?:manda|envia|pasa|ensena)\w*\W+(?:\w+\W+){0,3}?(?:desnud\w+|nudes?|tetas|polla|culo)\b",
    r"\bquiero\W+(?:follarte|cogerte|metertela)\b",
    r"\bestas\W+limpi[oa]\b|\bme\W+das\W+asco\b|\bme\W+(?:lo\W+)?debes\W+una\b",
    rf"\b(?:انت|انتي|انتم|يا)\W+(?:\w+\W+){{0,2}}?{_ASMA}",
    r"\b(?:اخرس|اخرسي|انقلع|انقلعي|اقتل\W+نفسك|تبا\W+لك|كل\W+خرا)\b|\bاذهب\W+الي\W+الجحيم\b",
    r"\b(?:ارسل|ابعث|ابعت)\w*\W+(?:\w+\W+){0,3}?(?:عاريه|عاري|العاريه)\b",
)


def must_ask(said: Mapping[str, Any]) -> bool:
    """Whether whoever filled in the form is asked before it is sent: once, and never after "Send anyway"."""
    return not said["sure"] and may_hurt(said["text"])


def may_hurt(text: str) -> bool:
    return bool(_hurts.search(folded(text))) or is_threat(text)
