from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.http import require_safe

from positivesocials.home import views
from positivesocials.home.selectors.pages import SLUGS
from positivesocials.home.sitemaps import SITEMAPS

XML = "application/xml; charset=utf-8"

app_name = "home"
# Words of health stay out of addresses, which show in histories and on shared screens.
NEUTRAL = {"health-privacy": "sensitive-data", "medical-limits": "limits"}
OWN_VIEWS = {"who-runs-this": views.who_runs_this, "how-we-count": views.how_we_count}

legal = [
    path(f"{NEUTRAL.get(slug, slug)}/", OWN_VIEWS.get(slug, views.legal_page), {"slug": slug}, name=slug)
    for slug in SLUGS
]
opening = [
    path("first/<str:token>/", views.first_operator, name="first-operator"),
    path("opening/", views.opening, name="opening"),
    path("opening/facts/", views.describe, name="describe"),
    path("opening/legal/", views.confirm_legal, name="confirm-legal"),
    path("opening/mail/", views.send_test_mail, name="send-test-mail"),
    path("opening/mail/<str:token>/", views.mail_arrived, name="mail-arrived"),
    path("opening/open/", views.open_site, name="open-site"),
    path("opening/close/", views.close_site, name="close-site"),
]
work = [
    path("opening/work/", views.show_work, name="work"),
    path("opening/work/again/", views.retry_all_jobs, name="retry-all-jobs"),
    path("opening/work/<uuid:job_id>/again/", views.retry_job, name="retry-job"),
    path("opening/work/<uuid:job_id>/drop/", views.drop_job, name="drop-job"),
]
urlpatterns = [
    path("", views.landing, name="landing"),
    path("home/", views.home, name="home"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path(".well-known/instance.json", views.instance_json, name="instance-json"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS, "content_type": XML}, name="sitemap"),
    *legal,
    *opening,
    *work,
]
