"""/lessons (学习), a quiz where a place wants one, and the first case of somebody new. Nothing of it is scored."""

from cases.errors import Refused
from handlers import rights
from handlers.chat import Button, Message, in_rows
from handlers.context import Context

#: the steps of a first case at which somebody new is told what comes next; a letter each, kept once it was said
STEPS = {"accept": "a", "contact": "c", "resolve": "r"}


def command(context: Context) -> None:
    rights.serving(context)
    rows = [(Button(f"{at} {lesson.title}", f"y.{at}.0"),) for at, lesson in enumerate(context.world.lessons, 1)]
    context.send(Message(context.text("lessons.head"), tuple(rows)))


def tapped(context: Context, at: int, answer: int) -> None:
    """A lesson, or the answer to its quiz. Raises Refused for one there is not: a forged button."""
    rights.serving(context)
    if not 1 <= at <= len(context.world.lessons):
        raise Refused("refused.no_case")
    lesson = context.world.lessons[at - 1]
    last = at >= len(context.world.lessons)
    onward = [] if last else [Button(context.text("option.next_lesson"), f"y.{at + 1}.0")]
    if answer and lesson.quiz:
        right = answer == lesson.quiz.right
        text = context.text(
            "lessons.right" if right else "lessons.wrong",
            why=lesson.quiz.why,
            answer=lesson.quiz.options[lesson.quiz.right - 1],
        )
        context.send(Message(text, in_rows(onward)))
        return
    text = f"{lesson.title}\n{lesson.text}"
    buttons = list(onward)
    if lesson.quiz:
        text += f"\n\n{lesson.quiz.ask}"
        buttons = [Button(option, f"y.{at}.{n}") for n, option in enumerate(lesson.quiz.options, 1)] + buttons
    context.send(Message(text, in_rows(buttons)))


def led(context: Context, action: str) -> None:
    """Somebody new did this for the first time: what comes next, said once."""
    letter = STEPS.get(action)
    if letter is None or letter in context.person.taught or not context.person.posts or not context.private:
        return
    context.desk.teach(context.person.id, context.person.taught + letter)
    context.say(f"led.{action}")
