from uuid import UUID

from positivesocials.core.refusals import NotThere
from positivesocials.search.models import WordGroup


def get_word_group(pk: UUID) -> WordGroup:
    """A group of words that has not been removed; any editor may change any of them."""
    group = WordGroup.objects.filter(pk=pk).exclude(words="").first()
    if group is None:
        raise NotThere
    return group
