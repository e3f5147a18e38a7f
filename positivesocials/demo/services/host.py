from positivesocials.home import services as home

# The legal pages name whoever runs a site, so in a demo they name somebody invented.
FACTS = {
    "name": "PositiveSocials",
    "operator": "Harbour Street Library (invented)",
    "contact": "desk@example.org",
    "address": "1 Harbour Street\nBristol\n(invented)",
    "country": "GB",
}


def introduce() -> None:
    """The demo is run by somebody, as every site is; anyone can read on its pages that they are invented."""
    home.describe(FACTS)
