"""Web push: who is told, what goes over the line, and what becomes of a service in trouble."""

import base64
import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.utils import timezone

from positivesocials.accounts.models import Device, Session
from positivesocials.core.fetching import NotPublic, is_public, public_address_of
from positivesocials.core.refusals import Refused
from positivesocials.notifications import devices, notices, registry, webpush
from positivesocials.notifications.models import PushAddress, PushKey
from positivesocials.notifications.tests.pushes import Browser, PushService
from positivesocials.privacy import services as privacy
from positivesocials.privacy.models import Consent

pytestmark = pytest.mark.django_db
PRIVATE = (
    *("127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "2002:7f00:1::"),
)


@pytest.fixture
def service(settings):
    settings.PUSH_TO_LOOPBACK = True
    with PushService() as server:
        server.serve()
        yield server
        server.shutdown()


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def own_device(ada):
    """Ada is logged in on a device of her own."""
    later = timezone.now() + timedelta(days=365)
    return Session.objects.create(key_hash="k", account=ada, data=b"", device=Device.OWN, expires_at=later)


@pytest.fixture
def told_device(ada, browser, service, own_device):
    said = {"endpoint": service.address, "point": browser.point, "auth": browser.auth}
    devices.add(ada, **said, device=Device.OWN)
    return PushAddress.objects.get()


def happen(ada, kind="message", wait=timedelta(0)):
    """Something happens, and whatever is due then is done."""
    with time_machine.travel(timezone.now() + wait):
        notices.notify([ada.pk], kind, target=uuid4())
        do_due()


def do_due():
    for pk in PushAddress.objects.filter(due_at__lte=timezone.now()).values_list("pk", flat=True):
        devices.tell.call(str(pk))


def test_every_kind_pushes_the_same_bytes(ada, told_device, service, browser):
    for kind in registry.kinds():
        notices.see_all(ada)
        happen(ada, kind.slug)

    assert len(service.taken) == len(registry.kinds())
    assert {browser.opened(body) for _headers, body in service.taken} == {webpush.PAYLOAD}
    assert len({len(body) for _headers, body in service.taken}) == 1


def test_headers_say_nothing_of_the_kind(ada, told_device, service):
    for kind in ("message", "like"):
        happen(ada, kind)
    first, other = ({**headers, "Authorization": ""} for headers, _body in service.taken)

    assert first == other
    assert first["Topic"] == "new"


def test_the_site_signs_for_the_one_service_it_speaks_to(ada, told_device, service):
    happen(ada)
    token, _, key = service.taken[0][0]["Authorization"].removeprefix("vapid t=").partition(", k=")
    said, _, signature = token.rpartition(".")
    raw = webpush.decoded(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), webpush.decoded(key))
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")

    public.verify(encode_dss_signature(r, s), said.encode(), ec.ECDSA(SHA256()))
    assert json.loads(webpush.decoded(said.partition(".")[2]))["aud"] == service.address.removesuffix("/push")
    assert key == devices.public_key()


def test_the_example_of_the_standard_comes_out():
    """RFC 8291, 5 and Appendix A."""
    text = b"When I grow up, I want to be a watermelon"
    number = int.from_bytes(webpush.decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    receiver = webpush.Receiver.read(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    private, salt = ec.derive_private_key(number, ec.SECP256R1()), webpush.decoded("DGv6ra1nlYgDCS1FRnbzlw")

    assert webpush.encoded(webpush.sealed_for(receiver, text, salt=salt, private=private)) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
        "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_the_sites_key_is_made_once(db):
    assert devices.public_key() == devices.public_key()
    assert PushKey.objects.count() == 1


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_is_gone_is_forgotten(status, ada, told_device, service):
    service.answers = [status]

    happen(ada)

    assert not PushAddress.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_in_trouble_is_asked_again_later(status, ada, told_device, service):
    service.answers = [status]
    happen(ada)
    do_due()
    before = len(service.taken)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        do_due()

    told_device.refresh_from_db()
    assert (before, len(service.taken)) == (1, 2)
    assert told_device.due_at is None


def test_a_service_that_asks_for_time_gets_it(ada, told_device, service):
    service.answers, service.headers = [429], {"Retry-After": "1800"}

    happen(ada)

    told_device.refresh_from_db()
    assert told_device.due_at > timezone.now() + timedelta(minutes=29)


def test_a_service_that_nobody_reaches_is_given_up_in_the_end(ada, told_device, service):
    service.shutdown()
    service.server_close()
    notices.notify([ada.pk], "message")
    for hours in range(devices.MOST_TRIES + 1):
        with time_machine.travel(timezone.now() + timedelta(hours=2 * hours)):
            do_due()

    told_device.refresh_from_db()
    assert told_device.due_at is None


def test_a_request_that_is_refused_is_not_repeated(ada, told_device, service):
    service.answers = [400]
    happen(ada)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        do_due()

    assert len(service.taken) == 1


def test_quiet_hours_put_a_push_off(ada, told_device, service, chooses):
    hour = timezone.now().hour
    chooses(ada, quiet_from=hour, quiet_to=(hour + 2) % 24)
    happen(ada)
    before = len(service.taken)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        do_due()

    assert (before, len(service.taken)) == (0, 1)


def test_a_kind_that_is_off_on_devices_is_not_pushed(ada, told_device, service, chooses):
    chooses(ada, off={"message": ["devices"]})

    happen(ada)

    assert service.taken == []


def test_what_was_seen_meanwhile_is_not_pushed(ada, told_device, service):
    notices.notify([ada.pk], "message")
    notices.see_all(ada)
    do_due()

    assert service.taken == []


def test_nothing_is_pushed_once_no_own_device_is_logged_in(ada, told_device, service, own_device):
    own_device.delete()

    happen(ada)

    assert service.taken == []


def test_a_shared_device_is_never_told(ada, browser):
    with pytest.raises(Refused):
        devices.add(
            ada,
            endpoint="https://push.example.org/x",
            point=browser.point,
            auth=browser.auth,
            device="shared",
        )

    assert not PushAddress.objects.exists()
    assert not Consent.objects.exists()


def test_the_page_offers_nothing_on_a_shared_device(ada, signed_in):
    page = signed_in(ada).get("/notices/choices/").text

    assert "So it is not told." in page
    assert 'id="device"' not in page


def test_the_button_beside_the_wording_gives_the_consent(ada, signed_in, browser):
    client = signed_in(ada)
    session = client.session
    session["device"] = Device.OWN
    session.save()
    said = {"endpoint": "https://push.example.org/x", "point": browser.point, "auth": browser.auth}

    shown = client.get("/notices/choices/").text
    client.post("/notices/devices/", said)

    assert "kept, sealed" in shown
    assert Consent.objects.get(account=ada, purpose="push").is_in_force
    assert PushAddress.objects.get().endpoint == said["endpoint"]


def test_taking_the_consent_back_removes_every_address(ada, told_device, own_device):
    privacy.withdraw_consent(ada, purpose="push")

    assert not PushAddress.objects.exists()


def test_one_browser_tells_one_account(ada, ben, told_device, service, browser):
    devices.add(ben, endpoint=service.address, point=browser.point, auth=browser.auth, device=Device.OWN)

    assert PushAddress.objects.get().account == ben


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/x",
        "https://push.example.org:8443/x",
        "https://name:word@push.example.org/x",
        "https://localhost/x",
        "http://127.0.0.1:9/x",
        "file:///etc/hosts",
        "https://[::1/x",
        "",
    ],
)
def test_an_address_that_is_no_push_services_is_refused(endpoint, ada, browser):
    with pytest.raises(Refused):
        devices.add(ada, endpoint=endpoint, point=browser.point, auth=browser.auth, device=Device.OWN)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_network_is_never_called(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["142.250.1.1", "2a00:1450:4001::1"])
def test_a_public_address_may_be_called(address):
    assert is_public(address)


def test_a_name_that_leads_home_is_not_called():
    with pytest.raises(NotPublic):
        public_address_of("localhost")


@pytest.mark.parametrize("point", ["", "AAAA", base64.b64encode(b"\x04" + b"\x01" * 64).decode()])
def test_keys_that_are_none_are_refused(point, ada, browser):
    with pytest.raises(Refused):
        devices.add(
            ada, endpoint="https://push.example.org/x", point=point, auth=browser.auth, device=Device.OWN
        )


def test_an_account_has_ten_devices_at_most(ada):
    for number in range(12):
        new = Browser()
        devices.add(
            ada,
            endpoint=f"https://push.example.org/{number}",
            point=new.point,
            auth=new.auth,
            device=Device.OWN,
        )

    assert PushAddress.objects.count() == devices.MOST_DEVICES


def test_a_demo_pushes_nothing(ada, told_device, service, settings):
    settings.DEMO = True

    happen(ada)

    assert service.taken == []
