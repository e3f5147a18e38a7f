from django import template

from positivesocials.demo import selectors
from positivesocials.demo.selectors import ShownCard

register = template.Library()


@register.simple_tag
def log_in_cards() -> list[ShownCard]:
    return selectors.log_in_cards()
