from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from positivesocials.accounts.access import viewer_of
from positivesocials.accounts.models import Account
from positivesocials.articles import access, library, reach, rich, selectors, services
from positivesocials.articles.guides import FIRST
from positivesocials.articles.models import GuidePage, NewsPage
from positivesocials.care import directory, helplines
from positivesocials.care import selectors as care
from positivesocials.care.selectors import ASKED, Look
from positivesocials.core import rates
from positivesocials.core.guest_pages import same_for_guests
from positivesocials.core.http import View, as_picture, client_address
from positivesocials.membership import selectors as membership
from positivesocials.replies import access as reply_access
from positivesocials.replies import homes, letters, paging
from positivesocials.replies import services as replies
from positivesocials.replies.forms import ALIAS, GuestReplyForm, ReplyForm, member_form
from positivesocials.replies.models import Reply, State

# A day: what an editor takes out of all guides is out of the caches then too.
KEEP_PICTURES = 24 * 3600


def posts_back(view: View) -> View:
    """A form's address. Opened by a link on the page that came back, it leads to the article."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, slug: str) -> HttpResponse:
        if request.method == "POST":
            return view(request, slug)
        article = reverse("articles:read-news", args=[slug])
        return redirect(f"{article}?{query}" if (query := request.META["QUERY_STRING"]) else article)

    return wrapped


@require_safe
def list_news(request: HttpRequest, category_slug: str = "", tag_slug: str = "") -> HttpResponse:
    page = request.GET.get("page", "")
    shelf = selectors.shelf(category_slug=category_slug, tag_slug=tag_slug, page=page)
    return render(request, "articles/list_news.html", {"shelf": shelf, "count": membership.public_count()})


@require_safe
def show_archive(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/archive.html", {"archive": selectors.archive()})


@require_safe
def show_month(request: HttpRequest, month: str) -> HttpResponse:
    archive = selectors.month(month, page=request.GET.get("page", ""))
    return render(request, "articles/archive.html", {"archive": archive})


@require_safe
def read_news(request: HttpRequest, slug: str) -> HttpResponse:
    post = selectors.news_post(slug)
    return _read(request, post, _form(post, viewer_of(request), answering=request.GET.get("to")))


@posts_back
def reply_to_news(request: HttpRequest, slug: str) -> HttpResponse:
    post, actor = selectors.news_post(slug), viewer_of(request)
    if actor is None:
        # Their session has ended since the page was opened: go on as a guest, with the words kept.
        return _read(request, post, GuestReplyForm(request.POST))
    persona = access.persona_of(actor)
    if persona is None:
        return redirect("onboarding:talk")
    form = member_form(selectors.voices_in(post, actor), request.POST)
    if not form.is_valid():
        return _read(request, post, form)
    look = form.look(care.country_of(actor))
    if form.must_ask(look):
        return _read(request, post, form, look)
    with form.gives_back():
        rates.take("reply", str(actor.pk), limit=20, seconds=600)
        written = _reply(actor, post, form.cleaned_data)
        return redirect(homes.link_to(post.path_here, written.pk))
    return _read(request, post, form)


def _reply(actor: Account, post: NewsPage, sent: dict[str, Any]) -> Reply:
    words = {name: sent[name] for name in ("text", "parent_id", "client_key", "wants_answers")}
    if sent["voice"] == ALIAS:
        return services.reply_as_alias(actor, post, alias=sent["alias"], salt=sent["salt"], **words)
    persona = access.get_own_voice(actor, post, UUID(str(sent["voice"])))
    return services.reply(actor, post, persona=persona, **words)


def _form(post: NewsPage, viewer: Account | None, *, answering: str | None) -> ReplyForm | None:
    """None for a member whom nobody has a name for yet."""
    if viewer is None:
        return GuestReplyForm(answering=answering)
    voices = selectors.voices_in(post, viewer)
    return member_form(voices, answering=answering) if voices else None


@csrf_exempt
@posts_back
def reply_to_news_as_guest(request: HttpRequest, slug: str) -> HttpResponse:
    post, form = selectors.news_post(slug), GuestReplyForm(request.POST)
    if not form.is_valid():
        return _read(request, post, form)
    look = form.look()
    if form.must_ask(look):
        return _read(request, post, form, look)
    with form.gives_back():
        rates.take("reply", client_address(request), limit=10, seconds=600)
        own = reply_access.own_ids(request.session)
        written = services.reply_as_guest(post, own=own, **form.cleaned_data)
        replies.remember_own(request.session, written)
        messages.success(request, _thanks(written))
        return redirect(homes.link_to(post.path_here, written.pk))
    return _read(request, post, form)


def _thanks(written: Reply) -> str:
    if written.state == State.UNPROVEN:
        return _("One step more: open the link that we have sent you, and press the button there.")
    return _("Thank you. We have sent you the link to edit or delete your reply.")


def _read(
    request: HttpRequest, post: NewsPage, form: ReplyForm | None, look: Look | None = None
) -> HttpResponse:
    viewer = viewer_of(request)
    answering = form["parent_id"].value() if form else None
    asked = paging.asked_for(answering) if answering else paging.asked(request.GET)
    tree = selectors.replies_to(post, viewer, reply_access.own_ids(request.session), asked)
    if viewer is not None:
        letters.see_answers(viewer, tree.own_ids)
    page = {
        "news": post,
        "tree": tree,
        "form": form,
        "answering": tree.find(answering),
        "held": viewer is not None and reply_access.is_held_at_first(viewer),
        "action": selectors.reply_path(post, viewer),
        "tags": list(post.tags.all()),
        "pictures": selectors.pictures_below(post),
        "read_next": selectors.read_next(post),
        "count": membership.public_count(),
        "reach": reach.of_news(post, tree.sheet.place),
        "look": look,
    }
    refused = form.refused_as or (422 if form.errors else 200) if form else 200
    status = ASKED if look else refused
    return render(request, "articles/read_news.html", page, status=status)


@require_safe
def show_picture(request: HttpRequest, picture_id: UUID) -> HttpResponse:
    return as_picture(bytes(selectors.picture(picture_id).data))


@require_safe
def show_guide_picture(request: HttpRequest, picture_id: UUID) -> HttpResponse:
    """The same bytes for ever: another picture has another address. No cache keeps what is not published."""
    picture, is_public = access.get_guide_picture_for(viewer_of(request), picture_id)
    response = as_picture(bytes(picture.data))
    if is_public:
        response.headers["Cache-Control"] = f"public, max-age={KEEP_PICTURES}, immutable"
    return response


@require_safe
@same_for_guests(selectors.guides_version)
def list_guides(request: HttpRequest) -> HttpResponse:
    groups = selectors.guides_by_kind()
    first = next((guide for group in groups.values() for guide in group if guide.slug == FIRST), None)
    page = {"groups": [(kind.label, group) for kind, group in groups.items()], "first": first}
    return render(request, "articles/list_guides.html", page)


@require_safe
@same_for_guests(selectors.guides_version)
def read_guide(request: HttpRequest, slug: str) -> HttpResponse:
    return _read_guide(request, selectors.guide(slug))


@require_safe
@same_for_guests(selectors.guides_version)
def read_guide_in(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    return _read_guide(request, selectors.guide_in(slug, code))


def _read_guide(request: HttpRequest, guide: GuidePage) -> HttpResponse:
    page = {
        "guide": guide,
        "parts": selectors.parts_to_read(guide),
        "others": selectors.others_beside(guide),
        "languages": selectors.other_languages_of(guide),
        "reach": reach.of_guide(guide),
    }
    return render(request, "articles/read_guide.html", page)


@require_safe
@same_for_guests(selectors.guides_version)
def keep_all_guides(request: HttpRequest) -> HttpResponse:
    """Every guide in one file that needs no network. Its name says nothing of what is in it."""
    page = {
        "groups": library.chapters().items(),
        "style": rich.style_of_file(),
        "today": timezone.localdate(),
    }
    response = render(request, "articles/all_guides.html", page)
    response.headers["Content-Disposition"] = 'attachment; filename="library.html"'
    return response


@require_safe
def show_helplines(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    asked = request.GET.get("country", "")
    country = helplines.country(asked or care.country_of(viewer) or "")
    page = {
        "countries": helplines.all_countries(),
        "country": country,
        "is_elsewhere": asked == helplines.EVERYWHERE,
        "lines": directory.lines_of(country.code) if country else [],
        "everywhere": directory.everywhere(),
        "is_member": viewer is not None,
    }
    return render(request, "articles/helplines.html", page)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "articles/robots.txt",
        {"origin": settings.ORIGIN},
        "text/plain; charset=utf-8",
    )
