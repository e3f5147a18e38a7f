"""What to warn a reader of, by patterns alone: money, a pull to elsewhere, threats. Nothing is kept of it.

English, Spanish and Arabic, in folded text (wording.py). A pattern wants somebody asked or addressed: to
talk about money, apps or fear is no reason for a warning. tests/cautions.txt says what fires, and what not.
"""

from positivesocials.core.wording import folded, one_of
from positivesocials.messaging.links import MAIL

MONEY, ELSEWHERE, THREAT, HOST = "money", "elsewhere", "threat", "host"

_SUM = (
    r"(?:\b(?:money|cash|dollars?|euros?|pounds?|quid|usd|eur|gbp|btc|bitcoins?|crypto|usdt|loan|deposit)\b"
    r"|[$€£]\s?\d|\b\d+\s?[$€£])"
)
_BILLS = r"(?:rent|bills?|hospital|surgery|medicine|tickets?|flight|visa|fees?|customs|debts?)\b"
_SUMA = (
    r"(?:\b(?:dinero|plata|euros?|dolares|pesos|pasta|lana|efectivo|bitcoins?)\b|[$€£]\s?\d|\b\d+\s?[$€£])"
)
_MAL = r"(?:فلوس|مال|المال|للمال|لمال|مبلغ|مبلغا|نقود|نقودا|دولار|يورو|مصاري)\b"
_money = one_of(
    rf"\b(?:send|lend|loan|wire|transfer|give|pay)\W+(?:me|us|my\W+\w+)\b~{_SUM}",
    rf"\b(?:can|could|would|will|please|pls)\b~\b(?:send|lend|loan|wire|transfer|borrow|spare)\b~{_SUM}",
    rf"\bi\W+(?:really\W+|urgently\W+|just\W+|only\W+)?need\b~{_SUM}",
    rf"\b(?:help|please|(?:can|could|would)\W+you)\b~\bmy\W+(?:\w+\W+){{0,2}}{_BILLS}",
    r"\b(?:buy|send|get|scratch)\b~\b(?:gift|steam|itunes|google\W+play|apple)\W+cards?\b",
    r"\b(?:western\W+union|moneygram)\b",
    r"\bmy\W+(?:cash\W?app|venmo|paypal|zelle|revolut)\b",
    r"\bme\W+(?:on|via|by|through|with)\W+(?:cash\W?app|venmo|paypal|zelle|revolut|bizum)\b",
    r"\b(?:double|triple|grow)\W+your\W+(?:money|savings)\b",
    r"\b(?:teach|show)\W+you\b~\b(?:invest|trade|trading|earn|crypto|bitcoin|forex)",
    r"\bguaranteed\W+(?:profits?|returns?|income)\b",
    r"\byour\W+(?:\w+\W+)?(?:bank|card|account)\W+(?:details|number|pin|data)\b",
    rf"\b(?:prestame|enviame|mandame|transfiereme|dame|pagame|depositame)\b~{_SUMA}",
    rf"\b(?:puedes|podrias|puede|podria|me)\W+(?:prest|envi|mand|transf|pag|deposit)\w+\b~{_SUMA}",
    rf"\bnecesito\b~{_SUMA}",
    r"\b(?:compra|manda|envia|consigue)\w*\b~\btarjetas?\W+(?:de\W+)?regalo\b",
    r"\b(?:pagar|pagas|ayudas|ayudar\w*)\b~\bmi\W+(?:alquiler|renta|billete|vuelo|operacion|visado|deuda)\b",
    r"\b(?:duplic|dobl|multiplic)\w+\W+tus?\W+(?:dinero|ahorros)\b",
    r"\b(?:ganancias|beneficios)\W+(?:garantizad\w+|segur\w+)\b",
    r"\b(?:dame|pasame|enviame|mandame)\b~\btu\W+(?:numero\W+de\W+)?(?:cuenta|tarjeta)\b",
    rf"\b(?:ارسل|ابعث|ابعت|حول|اعط|ادفع)\w*\W+(?:لي|لنا|الي)\b~\b{_MAL}",
    rf"\b(?:ارسلي|ابعثلي|ابعتلي|حوللي|حولي|اعطني|اعطيني)\b~\b{_MAL}",
    rf"\b(?:احتاج|محتاج|محتاجه|بحاجه)\b~\b{_MAL}",
    r"\b(?:سلفني|سلفيني|اقرضني|تسلفني|تقرضني|تقرضيني|تسلفيني)\b",
    r"\bبطاق(?:ه|ات)\W+(?:هدايا|هديه)\b",
    r"\bرقم\W+(?:حسابك|بطاقتك)\b",
    r"\bارباح\W+مضمونه\b",
)

_APPS = (
    r"(?:what'?s\W?app|telegram|signal|snap(?:chat)?|insta(?:gram)?|kik|wechat|viber|skype|discord|hangouts"
    r"|google\W?chat|messenger|facebook|fb|tiktok|zangi|wasap|wpp|whats)\b"
)
_TATBIQ = (
    r"(?:ال)?(?:واتساب|واتس|تيليجرام|تلجرام|تيليغرام|تلغرام|تليجرام|سناب|سنابشات|انستا|انستغرام|سكايب)\b"
)
_elsewhere = one_of(
    rf"\b(?:write|text|message|msg|add|contact|find|reach|call|dm|follow|ping)\W+(?:to\W+)?(?:me"
    rf"|us)\b~\b{_APPS}",
    rf"\b(?:lets|let's|can\W+we|could\W+we|shall\W+we|we\W+can|we\W+could|we\W+should)\b~\b(?:to"
    rf"|on|over|via)\W+{_APPS}",
    rf"\b(?:move|switch|continue)\b~\b(?:to|on|over)\W+{_APPS}",
    rf"\bmy\W+{_APPS}\W+(?:is|id|number|name|handle|username|account)\b",
    rf"\b(?:what(?:'s|s|\W+is)|give\W+me|send\W+me|have)\b~\byour\W+{_APPS}",
    rf"\b(?:are\W+you|do\W+you\W+have|have\W+you\W+got|you)\W+(?:on\W+)?{_APPS}\W*\?",
    r"\bmy\W+(?:(?:phone|cell|mobile|private)\W+)?(?:number|mail|email|e-mail)\W+(?:is|:)",
    r"\b(?:call|text|ring|phone)\W+me\b~\+?\d[\d ().-]{6,}",
    r"\b(?:give|send|share|have|get)\b~\byour\W+(?:phone\W+|mobile\W+|cell\W+)?number\b",
    r"(?<![\w.])\+\d[\d ().-]{7,}\d",
    r"\b(?:t\.me|wa\.me|discord\.gg)/",
    rf"\b(?:escrib|habl|agreg|anad|busc|contact|llam|mand)\w*me\b~\b(?:por|en|al|a"
    rf"|un)\W+(?:mi\W+)?(?:{_APPS}|correo\b|telefono\b)",
    rf"\b(?:hablamos|hablemos|sigamos|seguimos|pasemos|pasamos|vamos)\b~\b(?:por|en|a|al)\W+{_APPS}",
    rf"\bmi\W+(?:{_APPS}|numero\b|telefono\b|correo\b)\W+es\b",
    rf"\b(?:dame|pasame|das|pasas|cual\W+es)\W+tu\W+(?:{_APPS}|numero\b(?!\W+favorit)|telefono\b|correo\b)",
    rf"\btienes\W+{_APPS}",
    rf"\b(?:راسلني|راسليني|كلمني|كلميني|تواصل|تواصلي|اضفني|اضيفيني|ضيفني|اكتبلي|اكتب|نكمل|نتكلم"
    rf"|ننتقل|لننتقل)\b~\b{_TATBIQ}",
    rf"\b(?:عندك|هل\W+لديك|حسابي\W+علي|حسابي\W+في)\W+{_TATBIQ}",
    r"\bرقمي\W+(?:هو\W*)?\+?\d",
    r"\b(?:اعطني|اعطيني|هات|هاتي|ارسل\W+لي|ابعثلي)\W+رقم(?:ك|\W+هاتفك)\b",
)

_any_app = one_of(
    r"\b(?:what'?s\W?app|telegram|snapchat|insta(?:gram)?|kik|wechat|viber|skype|discord|facebook|tiktok|zangi"
    r"|wasap|wpp)\b",
    rf"\b{_TATBIQ}",
    r"\+?\d[\d ().-]{7,}\d",
)

_KIN = (
    r"(?:family|parents|mother|mom|mum|father|wife|husband|partner|boss|employer|job|work|friends"
    r"|colleagues|neighbou?rs)\b"
)
_SHOWN = r"(?:photos?|pictures?|pics?|nudes?|videos?|chats?|messages|secrets?|status|screenshots?|name)\b"
_WILL = (
    r"\b(?:i'?ll|i\W+will|i'?m\W+going\W+to|i\W+am\W+going\W+to|i\W+can|i\W+could|we\W+will|we'll"
    r"|im\W+gonna|i'm\W+gonna)"
)
_FAMILIA = r"(?:familia|mujer|marido|esposa|esposo|jefe|trabajo|madre|padre|hermano|hermana|novio|novia)\b"
_AHL = (
    r"(?:عايلتك|اهلك|صورك|زوجك|زوجتك|مديرك|الجميع|للجميع|الناس|للناس|اصدقايك|سرك|فيديو|فيديوهاتك"
    r"|لاهلك|لعايلتك|لزوجتك)\b"
)
_threat = one_of(
    rf"{_WILL}\W+(?:\w+\W+)?tell\W+(?:everyone|everybody|your\W+(?:\w+\W+)?{_KIN})",
    rf"{_WILL}\W+(?:\w+\W+)?(?:send|show|post|share|publish|leak|upload)\b"
    rf"~\byour\W+(?:\w+\W+)?(?:{_SHOWN}|{_KIN})",
    rf"{_WILL}\W+(?:\w+\W+)?(?:send|show|post|share|publish|leak)\b~\b(?:to|with)\W+(?:everyone"
    rf"|everybody|your\W+{_KIN})",
    rf"{_WILL}\W+(?:expose|out|ruin|destroy|hurt|kill)\W+(?:you|u|your)\b",
    rf"{_WILL}\W+beat\W+you(?!\W+(?:at|in)\b)",
    r"\b(?:pay|send|do|answer|reply|meet|come|give)\b[^.!?\n]{0,60}\bor\W+(?:else|i\W+(?:will|am"
    r"|swear)|i'll|everyone|your\W+family)\b",
    r"\bif\W+you\W+(?:do\W+not|don'?t|dont)\W+(?:pay|send|give|answer|reply|meet)\b~\b(?:i'?ll"
    r"|i\W+will|everyone|everybody)\b",
    r"\bi\W+know\W+(?:exactly\W+)?where\W+you\W+(?:live|work)\b",
    r"\byou(?:'ll|\W+will)\W+(?:regret|be\W+sorry|pay\W+for)\b",
    r"\bi\W+(?:have\W+)?(?:recorded|filmed|screenshotted)\W+(?:you|your|everything|our)\b",
    rf"\b(?:voy\W+a|vamos\W+a|puedo)\W+(?:cont|dec|mand|envi|public|difund|sub|mostr)\w+\b"
    rf"~\b(?:tu\W+{_FAMILIA}|tus\W+(?:fotos|videos|amigos|padres|secretos)|todo\W+el\W+mundo|todos"
    rf"|tu\W+(?:video|estado|secreto))",
    r"\bsi\W+no\W+(?:me\W+)?(?:pagas|mandas|envias|contestas|respondes|das)\b",
    r"\bte\W+voy\W+a\W+(?:matar|pegar|destruir|hundir|arruinar|partir|hacer\W+dano|denunciar)\b",
    r"\bse\W+donde\W+(?:vives|trabajas)\b",
    r"\bte\W+(?:vas\W+a\W+arrepentir|arrepentiras)\b",
    r"\batente\W+a\W+las\W+consecuencias\b",
    rf"\b(?:سا\w+|سوف\W+\w+|راح\W+\w+|رح\W+\w+)\b~\b{_AHL}",
    r"\b(?:سافضحك|افضحك|ساقتلك|اقتلك|ساوذيك|ستندم|ستندمين|ساجدك)\b",
    r"\bاعرف\W+(?:وين|اين|مكان)\W+(?:تسكن|تعيش|بيتك|تعمل|سكنك|عملك)\w*",
    r"\b(?:اذا|لو|ان)\W+(?:لم|ما)\W+(?:تدفع|ترسل|تحول|ترد)\w*",
)


def caution_in(text: str) -> str:
    """The gravest thing to warn of in a message, or nothing."""
    plain = folded(text)
    if _threat.search(plain):
        return THREAT
    if _money.search(plain):
        return MONEY
    return ELSEWHERE if _elsewhere.search(plain) or MAIL.search(text) else ""


def caution_about(text: str, *, by_host: bool) -> str:
    """The same; of what a host writes, any app, number or address is a reason: hosts write here only."""
    found = caution_in(text)
    if not by_host or found in {THREAT, MONEY}:
        return found
    return HOST if found or _any_app.search(folded(text)) else ""


def is_threat(text: str) -> bool:
    return bool(_threat.search(folded(text)))
