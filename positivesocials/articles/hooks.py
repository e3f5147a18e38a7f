from positivesocials.articles import selectors
from positivesocials.replies import homes

homes.register(selectors.path_of_thread)
