"""What our code never does, read from its syntax: no evaluated text, no built queries, no bare HTML."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "positivesocials"
FILES = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if not {"tests", "migrations", "bench"} & set(path.relative_to(PACKAGE).parts)
]
SCRIPTS = sorted(PACKAGE.glob("*/static/**/*.js"))
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.*"))
ATTACHED = {path: ast.parse(path.read_text()) for path in FILES}


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """(file, what is called, the call) for every call in our code."""
    for path, tree in ATTACHED.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield name_of(path), ast.unparse(node.func), node


def imported() -> Iterator[tuple[str, str]]:
    for path, tree in ATTACHED.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((name_of(path), alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield name_of(path), node.module or ""
                yield from ((name_of(path), f"{node.module}.{alias.name}") for alias in node.names)


def who_imports(*modules: str) -> set[tuple[str, str]]:
    return {
        (file, name)
        for file, name in imported()
        if any(f"{name}.".startswith(f"{each}.") for each in modules)
    }


def is_constant(node: ast.expr) -> bool:
    """A text in the code itself, a name in capitals, which stands for one, or a text made of such names."""
    if isinstance(node, ast.JoinedStr):
        return all(is_constant(part) for part in node.values)
    if isinstance(node, ast.FormattedValue) or (isinstance(node, ast.Attribute) and node.attr == "pattern"):
        return is_constant(node.value)
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.lstrip("_").isupper())


def test_all_of_our_code_is_looked_at():
    assert len(FILES) > 150
    assert len(SCRIPTS) >= 5
    assert len(TEMPLATES) > 80


def test_no_text_is_run_as_code():
    running = {"eval", "exec", "compile", "__import__", "builtins.eval", "builtins.exec"}

    assert [(file, called) for file, called, _ in calls() if called in running] == []


def test_no_command_of_the_system_is_called():
    assert who_imports("subprocess", "pty", "commands") == {("core/children.py", "subprocess")}
    assert [
        (file, called) for file, called, _ in calls() if re.match(r"os\.(system|popen|exec|spawn)", called)
    ] == []


def test_every_query_of_our_own_is_a_constant():
    asking = ("execute", "executemany", "raw", "extra", "RawSQL")
    built = {
        file
        for file, called, call in calls()
        if called.rpartition(".")[2] in asking and call.args and not is_constant(call.args[0])
    }

    # The statement of a rotation is put together from the name of a table and takes values as parameters.
    assert built == {"vault/rotation.py"}
    text = (PACKAGE / "vault" / "rotation.py").read_text()
    assert 'f"UPDATE {DataKey._meta.db_table} SET wrapped = %s, master_version = %s WHERE id = %s"' in text


def test_no_page_is_built_from_text():
    building = {"Template", "from_string", "Engine"}

    assert [(file, called) for file, called, _ in calls() if called.rpartition(".")[2] in building] == []
    assert who_imports("jinja2", "mako", "string.Template") == set()


def test_no_page_turns_escaping_off():
    off = re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq")
    pages = [path for path in TEMPLATES if path.suffix not in {".txt"}]
    lax = {name_of(path) for path in pages if off.search(path.read_text())}

    # The hint of a field: words of ours, some with a link that format_html made.
    assert lax == {"core/templates/core/forms/_hint.html"}


# Drawn from numbers, cleaned by nh3, put together by format_html, or JSON with its angle brackets as numbers.
MADE_SAFE = {
    *("articles/rich.py", "articles/sections.py", "core/markdown.py", "newsletter/rendering.py"),
    *("articles/reach.py", "core/patches.py", "core/templatetags/look.py", "accounts/pictures.py"),
}


def test_html_is_made_safe_in_few_places_and_cleaned_before():
    marked = {file for file, called, _ in calls() if called.rpartition(".")[2] in {"mark_safe", "SafeString"}}

    assert marked - MADE_SAFE == set()
    for file in ("articles/rich.py", "core/markdown.py"):
        assert "nh3.clean(" in (PACKAGE / file).read_text()


def test_no_markup_language_but_ours_is_parsed():
    # An operator's export is read by expat, which lets no document type and no entity in: decision 35.
    parsing = {file for file, _ in who_imports("xml", "lxml", "defusedxml", "html5lib", "xmltodict")}
    assert parsing == {"wordpress/wxr.py"}
    assert "StartDoctypeDeclHandler = self._no_document_type" in (PACKAGE / "wordpress/wxr.py").read_text()


def test_no_other_language_of_questions_is_spoken():
    """No directory, cache, graph or type-setter is asked, so nothing typed can reach one."""
    asked = ("ldap", "ldap3", "lxml", "elementpath", "pymemcache", "pylibmc", "memcache", "graphene")
    settings = (PACKAGE / "config" / "settings.py").read_text().casefold()

    assert (
        who_imports(*asked, "ariadne", "strawberry", "pylatex", "csv.writer", "openpyxl", "xlsxwriter")
        == set()
    )
    assert [word for word in ("memcached", "ldap", "graphql", "latex") if word in settings] == []
    assert [file for file, called, _ in calls() if called in {"csv.writer", "csv.DictWriter"}] == []


def test_nothing_is_unpacked_that_could_be_an_object():
    assert who_imports("pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle") == set()


def test_no_server_of_anybody_else_is_asked():
    asking = ("requests", "urllib.request", "http.client", "httpx", "aiohttp", "ftplib", "telnetlib", "ssl")

    # The check of the own line speaks to the own address, when the operator asks for it. Push services are
    # told that something is new, and not what, once a member switched it on: decision 28.
    # Feeds are read that an editor named, and attachments that an operator brings in: decision 34.
    lines = {"config/line.py", "notifications/gateways.py", "core/fetching.py"}
    assert {file for file, _ in who_imports(*asking)} <= lines
    assert {file for file, _ in who_imports("socket")} <= lines | {"config/server.py"}


def test_no_code_of_ours_touches_memory():
    # How often garbage is looked for, and at what, is set once; nothing is held or freed by hand.
    assert who_imports("ctypes", "cffi", "mmap", "gc") == {("core/garbage.py", "gc")}


def test_nothing_typed_becomes_a_pattern():
    using = {"compile", "match", "search", "findall", "fullmatch", "sub", "split", "finditer"}
    built = [
        (file, called, ast.unparse(call.args[0]))
        for file, called, call in calls()
        if called.startswith("re.") and called[3:] in using and not is_constant(call.args[0])
    ]

    # Our own lines in cautions.py, unkind.py, diagnosing.py, banned_terms.txt and content/phrases, joined:
    # nothing of a member's is in them.
    ours = {"core/wording.py", "core/telling.py", "care/diagnosing.py", "care/phrases.py"}
    assert [each for each in built if each[0] not in ours] == []
    joined = [call.args for _, called, call in calls() if called in {"one_of", "_any"}]
    assert all(is_constant(pattern) for patterns in joined for pattern in patterns)


def patterns() -> list[str]:
    return [
        str(node.args[0].value)
        for _, called, node in calls()
        if called.startswith("re.") and node.args and isinstance(node.args[0], ast.Constant)
    ]


def test_no_pattern_goes_back_without_end():
    """A repetition inside of a repetition is what makes a pattern take for ever."""
    from re import _parser  # type: ignore[attr-defined]

    def repeats(parsed, inside: bool) -> bool:
        for kind, value in parsed:
            many = "REPEAT" in str(kind) and value[1] > 1
            if many and inside and value[1] > 100:
                return True
            for part in value if isinstance(value, tuple) else [value]:
                parts = part if isinstance(part, list) else [part]
                inner = (each for each in parts if isinstance(each, _parser.SubPattern))
                if any(repeats(each, inside or many) for each in inner):
                    return True
        return False

    assert repeats(_parser.parse(r"(a+)+$"), False)
    assert [text for text in patterns() if repeats(_parser.parse(text), False)] == []


def test_nothing_typed_becomes_a_format():
    """`.format` only on a text of the code or its translation; a member's text could ask for attributes."""
    odd = [
        (file, called)
        for file, called, call in calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"format", "format_map"}
        and not is_constant(call.func.value)
        and not re.match(r"(_|gettext|ngettext)\(|MOTIFS\[|super\(\)", called)
    ]

    assert odd == []


def test_no_form_takes_what_its_page_does_not_name():
    """No form is made from a model, so a field that a page does not show cannot be set through it."""
    bases = [
        (name_of(path), ast.unparse(base))
        for path, tree in ATTACHED.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
    ]

    assert [pair for pair in bases if "ModelForm" in pair[1]] == []
    assert [file for file, called, _ in calls() if "modelform" in called.lower()] == []
    assert [
        (file, called)
        for file, called, call in calls()
        if any(k.arg is None and "request." in ast.unparse(k.value) for k in call.keywords)
    ] == []


def test_no_archive_is_opened_and_pictures_are_by_a_process_of_their_own_alone():
    # Pages for guests are packed there, and nothing is unpacked.
    packing = {("core/guest_pages.py", "gzip")}
    assert who_imports("zipfile", "tarfile", "gzip", "bz2", "lzma", "shutil.unpack_archive") == packing
    assert "decompress" not in (PACKAGE / "core" / "guest_pages.py").read_text()
    assert {file for file, _ in who_imports("PIL")} == {"core/picture_child.py"}
    assert who_imports("positivesocials.core.picture_child") == set()


def test_an_upload_is_read_where_pictures_are_taken_and_nowhere_else():
    assert {
        name_of(path)
        for path, tree in ATTACHED.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "FILES"
    } == {
        "groups/attaching.py",
        "messaging/photo_views.py",
        "profiles/photo_views.py",
        "profiles/check_views.py",
    }
    assert {
        name_of(path) for path in TEMPLATES if re.search(r'type="file"|multipart/form', path.read_text())
    } == {
        "groups/templates/groups/_reply_form.html",
        "groups/templates/groups/write.html",
        "messaging/templates/messaging/photo.html",
        "profiles/templates/profiles/photo_add.html",
        "profiles/templates/profiles/_check_picture.html",
    }


# What a script may not do, and the word that would do it.
NEVER_IN_SCRIPTS = {
    "run text as code": r"\beval\(|new Function|setTimeout\(\s*[\"'`]|setInterval\(\s*[\"'`]|javascript:",
    "write bare HTML": r"outerHTML|insertAdjacentHTML|document\.write",
    # A page and its own worker talk by the same word.
    "listen to other windows": (
        r"(?<!\bworker\.)(?<!\bself\.)postMessage|addEventListener\([\"']message[\"']|window\.opener"
    ),
    "keep anything": r"localStorage|indexedDB|document\.cookie|caches\.",
    "reach for prototypes": r"__proto__|\.prototype\b|Object\.assign\(|constructor\[",
    "put values on the page's own objects": r"\bwindow\.\w+\s*=|\bdocument\.(?!title\b)\w+\s*=[^=]",
    "hinder pasting": r"onpaste|[\"']paste[\"']|[\"']copy[\"']",
    "draw numbers for secrets from a weak source": r"Math\.random\(\)\.toString",
    "load from elsewhere": r"importScripts|import\s*\(\s*[\"']http|https?://",
}


@pytest.mark.parametrize("what", NEVER_IN_SCRIPTS)
def test_scripts_never(what):
    pattern = re.compile(NEVER_IN_SCRIPTS[what])
    code = {path: re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.MULTILINE) for path in SCRIPTS}

    assert [name_of(path) for path, text in code.items() if pattern.search(text)] == []


def test_a_worker_comes_with_a_button_alone_and_asks_and_keeps_nothing():
    bringing = [name_of(path) for path in SCRIPTS if "serviceWorker" in path.read_text()]
    worker = (PACKAGE / "notifications/static/notifications/push.js").read_text()

    assert bringing == ["notifications/static/notifications/devices.js"]
    assert re.findall(r'addEventListener\("(\w+)"', worker) == ["push", "notificationclick"]
    assert "fetch" not in worker


def test_a_script_shows_words_as_words():
    """HTML is parsed in one place only, and only what our own pages sent; what was typed is set as text."""
    bare = [
        (name_of(path), line.strip())
        for path in SCRIPTS
        for line in path.read_text().splitlines()
        if "innerHTML" in line
    ]

    assert bare == [("messaging/static/messaging/conversation.js", "box.innerHTML = html;")]
    talk = (PACKAGE / "messaging/static/messaging/conversation.js").read_text()
    assert 'bubble.querySelector(".bubble p").textContent = text;' in talk


def test_what_the_browser_keeps_of_a_visit_is_one_mark_and_sealed_words():
    kept = [line.strip() for path in SCRIPTS for line in path.read_text().splitlines() if "setItem" in line]

    sealed = "if (turn === latest) sessionStorage.setItem(name, toText([...iv, ...sealed]));"
    assert kept == ['sessionStorage.setItem(LEFT, "1");', sealed]


def test_scripts_stand_in_modules_or_in_a_function_of_their_own():
    """No name of a script becomes one of the page, and no element's name becomes a variable of a script."""
    tags = {
        match.group(1): match.group(0)
        for path in TEMPLATES
        for match in re.finditer(r"<script[^>]*static '([^']+)'[^>]*>", path.read_text())
    }

    assert {src for src, tag in tags.items() if 'type="module"' not in tag} == {"core/exit.js"}
    assert "(() => {" in (PACKAGE / "core/static/core/exit.js").read_text()


def test_the_socket_of_a_page_over_https_is_sealed_too():
    opened = [
        (path, line) for path in SCRIPTS for line in path.read_text().splitlines() if "new WebSocket" in line
    ]

    assert [line.strip() for _, line in opened] == ["socket = new WebSocket(addressOf(element));"]
    assert 'url.protocol = url.protocol === "https:" ? "wss:" : "ws:";' in opened[0][0].read_text()


def test_pages_load_nothing_from_elsewhere_and_no_plugin():
    foreign = re.compile(
        r"(?:src|srcset|data|action|formaction)=[\"'](?:https?:)?//|<(?:object|embed|applet|iframe)\b"
    )
    linked = re.compile(r"<link[^>]+href=[\"'](?:https?:)?//|@import|url\(\s*[\"']?(?:https?:)?//")
    sheets = sorted(PACKAGE.glob("*/static/**/*.css"))

    assert [name_of(path) for path in TEMPLATES if foreign.search(path.read_text())] == []
    assert [name_of(path) for path in [*TEMPLATES, *sheets] if linked.search(path.read_text())] == []


def test_what_is_typed_is_sent_in_the_body():
    """A form that asks by its address holds a country, or is a search that nobody keeps (decision 36)."""
    asking = {
        name_of(path)
        for path in TEMPLATES
        for form in re.findall(r"<form[^>]*>", path.read_text())
        if 'method="post"' not in form
    }

    assert asking == {
        "articles/templates/articles/helplines.html",
        "claims/templates/claims/facts.html",
        "core/templates/core/parts/_forms.html",
        "core/templates/core/parts/_talk.html",
        "search/templates/search/_box.html",
    }


def test_numbers_that_must_not_be_guessed_come_from_the_system():
    assert who_imports("random", "numpy.random") == set()
    assert [file for file, called, _ in calls() if called.startswith(("np.random", "numpy.random"))] == []
    drawn = {
        int(str(node.args[0].value))
        for _, called, node in calls()
        if called in {"secrets.token_urlsafe", "secrets.token_bytes", "secrets.token_hex"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and _is_secret(node)
    }

    assert min(drawn) * 8 >= 128


def _is_secret(node: ast.Call) -> bool:
    # Eight bytes that vary a picture are no secret.
    return ast.unparse(node) != "secrets.token_hex(8)"
