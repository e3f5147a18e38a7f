from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from positivesocials.core.http import unlinked
from positivesocials.notifications import services


@unlinked
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: programs that scan mails open it too."""
    services.check_stop_link(token)
    if request.method != "POST":
        return render(request, "notifications/stop.html")
    services.stop_mail(token)
    return render(request, "notifications/stopped.html", {"token": token})


@unlinked
@csrf_exempt
@require_POST
def resume_mail(request: HttpRequest, token: str) -> HttpResponse:
    services.resume_mail(token)
    return render(request, "notifications/resumed.html")
