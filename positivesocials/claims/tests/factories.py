from positivesocials.claims import services
from positivesocials.claims.services import NewSource, Wording

SOURCE = NewSource("Testing in a lab", "Health Board", "https://example.org/testing", 2026)


def wording(value="14 days", **more):
    return Wording(**({"value": value, "source": SOURCE} | more))


def add(editor, key="hiv.testing.own", **more):
    return services.add(editor, key=key, about="a blood test", body="Board", wording=wording(**more))
