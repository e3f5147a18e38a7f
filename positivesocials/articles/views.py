from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from positivesocials.accounts.access import viewer_of
from positivesocials.articles import access, helplines, selectors, services
from positivesocials.articles.models import NewsPage
from positivesocials.core import rates
from positivesocials.core.http import View, as_picture, client_address
from positivesocials.membership import selectors as membership
from positivesocials.replies import access as reply_access
from positivesocials.replies import services as replies
from positivesocials.replies.forms import GuestReplyForm, ReplyForm


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
def read_news(request: HttpRequest, slug: str) -> HttpResponse:
    post = selectors.news_post(slug)
    kind = ReplyForm if viewer_of(request) else GuestReplyForm
    return _read(request, post, kind(answering=request.GET.get("to")))


@posts_back
def reply_to_news(request: HttpRequest, slug: str) -> HttpResponse:
    post, actor = selectors.news_post(slug), viewer_of(request)
    if actor is None:
        # Their session has ended since the page was opened: go on as a guest, with the words kept.
        return _read(request, post, GuestReplyForm(request.POST))
    persona = access.persona_of(actor)
    if persona is None:
        return redirect("onboarding:talk")
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _read(request, post, form)
    rates.take("reply", str(actor.pk), limit=20, seconds=600)
    services.reply(actor, post, persona=persona, **form.cleaned_data)
    return redirect(f"{post.path_here}#replies")


@csrf_exempt
@posts_back
def reply_to_news_as_guest(request: HttpRequest, slug: str) -> HttpResponse:
    post, form = selectors.news_post(slug), GuestReplyForm(request.POST)
    if not form.is_valid():
        return _read(request, post, form)
    rates.take("reply", client_address(request), limit=10, seconds=600)
    own = reply_access.own_ids(request.session)
    written = services.reply_as_guest(post, own=own, **form.cleaned_data)
    replies.remember_own(request.session, written)
    messages.success(request, _("Thank you. We have sent you the link to edit or delete your reply."))
    return redirect(f"{post.path_here}#r-{written.pk}")


def _read(request: HttpRequest, post: NewsPage, form: ReplyForm) -> HttpResponse:
    viewer = viewer_of(request)
    tree = selectors.replies_to(post, viewer, reply_access.own_ids(request.session))
    page = {
        "news": post,
        "tree": tree,
        "form": form,
        "answering": tree.find(form["parent_id"].value()),
        "action": selectors.reply_path(post, viewer),
        "tags": list(post.tags.all()),
        "pictures": selectors.pictures_below(post),
        "read_next": selectors.read_next(post),
        "count": membership.public_count(),
    }
    return render(request, "articles/read_news.html", page, status=422 if form.errors else 200)


@require_safe
def show_picture(request: HttpRequest, picture_id: UUID) -> HttpResponse:
    return as_picture(bytes(selectors.picture(picture_id).data))


@require_safe
def list_guides(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/list_guides.html", {"guides": selectors.guides()})


@require_safe
def read_guide(request: HttpRequest, slug: str) -> HttpResponse:
    guide = selectors.guide(slug)
    others = [other for other in selectors.guides() if other.pk != guide.pk]
    page = {"guide": guide, "parts": guide.parts, "others": others}
    return render(request, "articles/read_guide.html", page)


@require_safe
def show_helplines(request: HttpRequest) -> HttpResponse:
    country = helplines.country(request.GET.get("country", ""))
    page = {
        "countries": helplines.all_countries(),
        "country": country,
        "is_elsewhere": request.GET.get("country", "") == helplines.EVERYWHERE,
        "lines": helplines.of_country(country.code) if country else [],
        "everywhere": helplines.everywhere(),
    }
    return render(request, "articles/helplines.html", page)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "articles/robots.txt",
        {"origin": request.build_absolute_uri("/")},
        "text/plain; charset=utf-8",
    )
