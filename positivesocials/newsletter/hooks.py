from positivesocials.privacy import registry as privacy
from positivesocials.privacy import texts

privacy.keeps_apart(texts.LETTER, "newsletter:ask")
