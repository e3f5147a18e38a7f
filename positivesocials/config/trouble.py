"""What stops a command: one sentence that says what is wrong and what to do."""


class Trouble(Exception):
    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
