from uuid import UUID

from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import CONSOLE, actor_of
from positivesocials.accounts.models import Role
from positivesocials.accounts.sessions import sign_in
from positivesocials.core import rates, work
from positivesocials.core.http import client_address, member_required, staff_required, unlinked
from positivesocials.core.instance import is_open, this_instance
from positivesocials.home import selectors, services
from positivesocials.home.forms import FactsForm, FirstOperatorForm
from positivesocials.home.selectors import facts, pages
from positivesocials.home.selectors import opening as steps
from positivesocials.home.selectors import work as jobs
from positivesocials.membership import selectors as membership

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
operator_required = staff_required(Role.OPERATOR)


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home:home")
    if not is_open():
        return render(request, "home/being_set_up.html", {"front": selectors.front()})
    return render(request, "home/landing.html", {"front": selectors.front()})


@require_safe
@member_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home/home.html", {"today": selectors.today_of(actor_of(request))})


@require_safe
def legal_page(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "home/legal.html", {"page": pages.legal_page(slug, this_instance())})


@require_safe
def who_runs_this(request: HttpRequest, slug: str) -> HttpResponse:
    page = {
        "page": pages.legal_page(slug, this_instance()),
        "retention": facts.retention(),
        "keys_apart": facts.keys_are_apart(),
    }
    return render(request, "home/who_runs_this.html", page)


@require_safe
def how_we_count(request: HttpRequest, slug: str) -> HttpResponse:
    page = {"page": pages.legal_page(slug, this_instance()), "count": membership.public_count()}
    return render(request, "home/how_we_count.html", page)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    return HttpResponse(facts.security_txt(this_instance()), content_type="text/plain; charset=utf-8")


@require_safe
def instance_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse(facts.for_programs(this_instance()))


@unlinked
@csrf_exempt
@sensitive_post_parameters()
@get_or_post
def first_operator(request: HttpRequest, token: str) -> HttpResponse:
    """The console's link: who opens it first sets an address and a password, and runs this instance."""
    rates.take("first operator", client_address(request), limit=30, seconds=3600)
    services.check_first_link(token)
    form = FirstOperatorForm(request.POST or None, terms_url=reverse("home:terms"))
    if not form.is_valid():
        return render(request, "home/first_operator.html", {"form": form})
    typed = form.cleaned_data
    account = services.become_first_operator(
        token, address=typed["address"], password_hash=make_password(typed["password"])
    )
    sign_in(request, account, device=typed["device"], method=CONSOLE)
    # The console's link alone lets the first passkey be made, which staff pages ask for.
    return redirect(f"{reverse('accounts:add-passkey')}?next={reverse('home:opening')}")


@require_safe
@operator_required
def opening(request: HttpRequest) -> HttpResponse:
    items = steps.checklist(this_instance())
    page = {"items": items, "missing": steps.missing(items), "is_open": is_open(), "drafts": pages.titles()}
    return render(request, "home/opening.html", page)


@get_or_post
@operator_required
def describe(request: HttpRequest) -> HttpResponse:
    instance = this_instance()
    initial = {name: getattr(instance, name) for name in pages.FACTS}
    form = FactsForm(request.POST or None, initial=initial)
    if not form.is_valid():
        return render(request, "home/describe.html", {"form": form})
    services.describe(form.cleaned_data)
    messages.success(request, _("Kept. Please read the legal pages with these facts in them."))
    return redirect("home:opening")


@require_POST
@operator_required
def confirm_legal(request: HttpRequest) -> HttpResponse:
    services.confirm_legal_pages()
    return redirect("home:opening")


@require_POST
@operator_required
def send_test_mail(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rates.take("test mail", str(actor.pk), limit=5, seconds=3600)
    services.send_test_mail(actor)
    messages.success(request, _("A mail is on its way to you. Open the link in it."))
    return redirect("home:opening")


@unlinked
@csrf_exempt
@get_or_post
@operator_required
def mail_arrived(request: HttpRequest, token: str) -> HttpResponse:
    if request.method != "POST":
        services.check_mail_link(token)
        return render(request, "home/mail_arrived.html")
    services.confirm_mail(token)
    return redirect("home:opening")


@require_POST
@operator_required
def open_site(request: HttpRequest) -> HttpResponse:
    services.open_site(actor_of(request))
    messages.success(request, _("The doors are open. Welcome the first people in the group Welcome."))
    return redirect("home:opening")


@get_or_post
@operator_required
def close_site(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "home/close_site.html")
    services.close_site(actor_of(request))
    return redirect("home:opening")


@require_safe
@operator_required
def show_work(request: HttpRequest) -> HttpResponse:
    return render(request, "home/work.html", {"work": jobs.work()})


@require_POST
@operator_required
def retry_job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    work.retry(job_id)
    messages.success(request, _("It is tried again now."))
    return redirect("home:work")


@require_POST
@operator_required
def retry_all_jobs(request: HttpRequest) -> HttpResponse:
    work.retry_all()
    messages.success(request, _("Everything is tried again now."))
    return redirect("home:work")


@get_or_post
@operator_required
def drop_job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return render(request, "home/drop_job.html", {"job": jobs.given_up(job_id)})
    work.drop(job_id)
    messages.success(request, _("Dropped."))
    return redirect("home:work")
