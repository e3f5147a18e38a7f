"""A picture offered or asked for, so that people say what it is: nobody can tell that from a picture."""

import re
from collections.abc import Iterator

from positivesocials.care.traced import Traced

_GAP = r"(?:\W{1,3}\w{1,30}){0,4}?\W{1,3}"
_PIC = r"(?:photos?|pictures?|pics?|images?|pix|snapshots?|selfies?)"
_FOTO = r"(?:fotos?|imagen(?:es)?|fotografias?)"
_SURA = r"(?:ال)?(?:صوره|صور|صوري)"
_SIGNS = (
    r"(?:rash|rashes|sores?|bumps?|spots?|lumps?|blisters?|warts?|lesions?|ulcers?"
    r"|discharge|pimples?|zits?|patch|patches|"
    r"skin|penis|dick|cock|vagina|vulva|labia|anus|groin|genitals?|balls|scrotum"
    r"|testicles?|foreskin|lips?|tongue|mouth|throat|"
    r"infection|irritation|redness|swelling|scabs?|cut|boil|cyst|symptoms?|outbreak|test|strip|line)"
)
_ILLS = (
    r"(?:herpes|hsv|hpv|warts?|syphilis|chlamydia|gonorrh\w{1,6}|hiv|scabies"
    r"|molluscum|thrush|yeast|mpox|monkeypox|std|sti|"
    r"stds|stis|an infection|infected|infection|razor burn|ingrown|pimples?"
    r"|an outbreak|normal|cancer|ulcers?|lice|crabs|fungus|eczema|folliculitis"
    r"|something serious|lgv|chancre)"
)
_SIGNOS = (
    r"(?:sarpullido|erupcion|ronchas?|llagas?|granos?|bultos?|manchas?|ampollas?"
    r"|verrugas?|lesion(?:es)?|ulceras?|heridas?|pene|vagina|vulva|ano|lengua|boca"
    r"|piel|flujo|secrecion|irritacion|labios?|ingle)"
)
_MALES = (
    r"(?:herpes|vph|sifilis|clamidia|gonorrea|vih|sarna|hongos|verrugas?|its|ets"
    r"|infeccion|candidiasis|molusco|normal|algo grave|granos?|viruela)"
)
_ALAMAT = (
    r"(?:طفح|بثور|بثره|حبوب|حبه|قرحه|تقرحات|بقع|بقعه|افرازات|جلدي|جلد|التهاب|ثاليل"
    r"|ثولول|فقاعات|احمرار|عضوي|لساني|الطفح|الحبوب|البثور|القرحه|البقع)"
)
_AMRAD = (
    r"(?:هربس|الهربس|زهري|الزهري|سيلان|السيلان|كلاميديا|ثاليل|فطريات|جرب|الجرب"
    r"|التهاب|ايدز|الايدز|طبيعي|خطير)"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.replace('~', _GAP)})" for pattern in patterns))


_offered = _any(
    rf"\b(?:does|do|would|could|can) (?:this|these|it|mine|that|the {_SIGNS}"
    rf"|my {_SIGNS}) (?:really |just )?look (?:like|to you like)~\b{_ILLS}\b",
    rf"\b(?:does|do) (?:this|these|it|mine|my {_SIGNS}) look (?:normal|infected"
    r"|bad|serious|ok|okay|right)\b",
    r"\bwhat (?:does|do) (?:this|these|it) look like (?:to you|\?)",
    r"\b(?:here(?:'s| is| are)|this is|these are|i (?:have )?(?:attached|added"
    r"|uploaded|posted|took|have)|i(?:'m| am) (?:attaching|adding|posting|uploading)"
    rf"|see|attached|attaching|look at|posting|uploading|sharing)~\b{_PIC}~\b{_SIGNS}\b",
    rf"\b(?:here(?:'s| is| are)|this is|look at|see)~\b{_PIC}\b[^.!?\n]{{0,60}}\b(?:diagnos\w{{1,6}}"
    r"|what (?:is|it is|this is|it could be|do you think)|is (?:it|this))\b",
    r"\b(?:can|could|would) (?:someone|anyone|anybody|somebody|you|a doctor)~\b(?:look at"
    r"|check|tell|identify|diagnose|see|judge)~\b(?:my|this|the|a|from a|from my"
    rf"|these) {_PIC}\b",
    rf"\b{_PIC} of (?:my|the|his|her|it)~\b{_SIGNS}\b[^.!?\n]{{0,80}}\b(?:what"
    r"|is it|is this|herpes|diagnos\w{1,6}|opinion|think|normal|thoughts|ideas)\b",
    rf"\b(?:tell|say to) (?:me|us) from (?:the|this|my|these) {_PIC}\b",
    rf"\b(?:tiene|tienen)(?: mucha)? pinta de (?:ser )?(?:un |una )?{_MALES}\b",
    rf"\b(?:diagnose|identify) (?:me|this|it)\b[^.!?\n]{{0,40}}\b{_PIC}\b",
    rf"\b(?:should|can|may|could) i (?:post|send|upload|share|show)~\b{_PIC}\b",
    rf"\bi(?: can| could| will|'ll) (?:post|send|upload|share|show)~\b{_PIC}\b",
    rf"\b(?:se parece|parece|parecen) (?:esto |esta |este )?(?:a )?(?:un |una |unas )?{_MALES}\b",
    rf"\b(?:esto|esta|estas|estos|mi {_SIGNOS}) (?:se )?parecen?~\b{_MALES}\b",
    r"\b(?:aqui (?:esta|va|teneis|tienen|os dejo|les dejo)|adjunto|subo|dejo"
    r"|mirad|miren|mira|esta es|pongo|les mando|(?:os|les) (?:paso|pongo|subo|mando|dejo|enseno))"
    rf"~\b{_FOTO}\b",
    rf"\b{_FOTO} de (?:mi|mis|la|las|los|el)~\b{_SIGNOS}\b",
    rf"\b(?:alguien|pueden|podeis|podrian)~\b(?:decirme|decir|mirar|ver|identificar)~\b{_FOTO}\b",
    rf"\b(?:هل|يا جماعه) (?:هذا|هذه|هاد|هاي|ده|دي)~(?:يشبه|تشبه|شكله|شكلها|يبدو|تبدو)~{_AMRAD}\b",
    rf"\b(?:هذه|هذي|هاي|دي|ارفقت|مرفق|انظروا|شوفوا|بصوا)~{_SURA}~{_ALAMAT}\b",
    rf"{_SURA} (?:ل|لل)?{_ALAMAT}",
)
_asked = _any(
    r"(?<!i )(?<!to )(?<!'ll )\b(?:send|post|show|upload|share|attach|dm|pm|mail|give)\W{1,3}(?:(?:me"
    r"|us|here)\W{1,3})?(?:(?:a|an|some|the|your|any|more|another|clear|close"
    rf"|close-up|closeup|better)\W{{1,3}}){{0,3}}{_PIC}(?:\W{{1,3}}(?:of (?:it"
    r"|them|the|that|your|this)|please|so|and i|first|here|then)\b|\W{0,3}(?:$"
    r"|[.!?\n]))",
    rf"\b(?:would you|do you)? ?mind (?:sharing|posting|sending|showing|uploading|adding)~\b{_PIC}\b",
    rf"\bwithout (?:a|any|seeing a|seeing the|the) {_PIC}~\b(?:say|tell|know|judge|hard|impossible|guess)\b",
    r"\b(?:show|let) (?:me|us)(?: see)? (?:what (?:it|they|that) looks? like|how it looks)\b",
    r"\b(?:post|show|upload|snap) it (?:here )?(?:so|and)~\b(?:judge|see|tell|say|look)\b",
    rf"\b{_PIC} would (?:really )?help\b",
    rf"\b(?:nos|me) (?:ensenas|pasas|mandas|envias|subes|muestras|dejas)~\b{_FOTO}\b",
    rf"\b(?:يمكنك|بتقدر|تقدر|تقدري|ممكن|فيك|فيكي)~(?:ارسال|ترسل|ترسلي|تبعت|تبعتي|تنزل|تنزلي|نشر|رفع|ترفع|ترفعي|تحط|تحطي|مشاركه)~{_SURA}\b",
    rf"\b(?:can|could|would) (?:you|u) (?:please )?(?:send|post|show|upload|share|attach|add)~\b{_PIC}\b",
    rf"\b(?:do you have|have you got|got) (?:a|any|some) {_PIC}\b(?!\W{{1,3}}(?:from"
    r"|of your (?:dog|cat|trip|wedding|garden)))",
    rf"\b(?:need|want|like|have) to see (?:a |some |your |the )?(?:{_PIC}|it to tell|it first)\b",
    rf"\b{_PIC}\W{{1,3}}(?:or it didn't happen|please|pls|would help|helps?)\b",
    r"\b(?:manda|mandame|envia|enviame|sube|pon|pasa|pasame|ensena|ensename"
    rf"|muestra|muestrame|puedes (?:mandar|subir|poner|enviar))~\b{_FOTO}\b",
    rf"\b(?:tienes|tendrias) (?:una |alguna )?{_FOTO}\b",
    rf"\b(?:ارسل|ارسلي|ابعث|ابعثي|ابعتي|ابعت|حط|حطي|ورينا|ورجينا|اعرض|نزل|نزلي)~{_SURA}\b",
    rf"\b(?:عندك|هل لديك|ممكن) {_SURA}\b",
)
# With a picture beside the words, less is enough.
_beside = _any(
    rf"\b(?:is|are|could|can|might) (?:this|it|that|these)~\b{_ILLS}\b",
    r"\b(?:what (?:is|are|could) (?:this|it|these|that)|any ideas?|what do you think"
    r"|does anyone know|diagnos\w{1,6}|look(?:s|ing)? like|normal\?|should i (?:worry"
    r"|be worried))",
    rf"\bmy~\b{_SIGNS}\b",
    rf"\b(?:que es|que puede ser|sera|es esto|alguien sabe|se parece|mi {_SIGNOS})\b",
    rf"(?:ما هذا|ما هذه|شو هاد|شو هاي|ايش هذا|ايه ده|هل هذا|هل هذه|{_ALAMAT})",
)
_NO_BODY = re.compile(
    r"\b(?:dog|cat|puppy|garden|wedding|holiday|trip|cake|food|sunset|family"
    r"|kids|cover|profile|avatar|perro|gato|boda|jardin|قطتي|كلبي)\b"
)


def offered_in(text: Traced, *, has_picture: bool = False) -> Iterator[tuple[int, int]]:
    yield from _spans(_offered, text)
    if has_picture:
        yield from _spans(_beside, text)


def asked_for_in(text: Traced) -> Iterator[tuple[int, int]]:
    yield from _spans(_asked, text)


def _spans(pattern: re.Pattern[str], text: Traced) -> Iterator[tuple[int, int]]:
    for found in pattern.finditer(text.plain):
        if not _NO_BODY.search(text.plain[found.start() : found.end() + 30]):
            yield found.span()
