"""Words that could belong to an open case: one question decides, and the words are kept meanwhile."""

from handlers.commands import Resume, Supplement
from handlers.flow import Flow, Option, Said, choose, flow


@flow("which", version=2, gives_way=True)
def which(draft: int, cases: list[list[str]]) -> Flow:
    """`cases`: [key, label] each."""
    options = [*(Option(key, label, literal=True) for key, label in cases), Option("new", "option.new_matter")]
    more: list[Said] = []
    while isinstance(answer := (yield choose("ask.which", options, "words", "media")), Said):
        more.append(answer)
    said = "\n".join(each.words for each in more if each.words)
    media = tuple(of for each in more for of in each.media)
    return [Resume(draft, said, media)] if answer == "new" else [Supplement(draft, answer, said, media)]
