"""A word from whoever is on duty into the chat of who is in danger."""

from handlers.commands import AnswerAlarm
from handlers.flow import Flow, Said, ask, flow


@flow("answer_alarm", staff=True)
def answer_alarm(draft: int) -> Flow:
    said: Said = yield ask("ask.answer_alarm", "words", "media")
    return [AnswerAlarm(draft, said.words, said.media)]
