"""Russian text that reads like somebody's: the same for the same seed, and of any length."""

from __future__ import annotations

from random import Random

_OPENINGS = (
    "Сначала я думала, что", "На третий день стало ясно, что", "Преподаватель заметил, что",
    "После обмера оказалось, что", "Вечером перечитала записи:", "Сосед рассказал, что",
    "В черновике я написала, что", "К концу недели выяснилось, что", "Теперь я уверена, что",
)  # fmt: skip
_SUBJECTS = (
    "дорожка у калитки", "старый орех", "северный склон", "чертёж посадок", "смета на материалы",
    "оконный свет", "первый снимок серии", "таблица проводок", "дренажная канава",
    "акт сверки", "подпись под кадром", "ведомость растений", "план участка",
)  # fmt: skip
_ACTIONS = (
    "держит весь замысел", "требует ещё одного обхода", "не сходится с записями хозяев",
    "объясняет, откуда берётся вода", "собирает разрозненные части в целое",
    "важнее, чем казалось в аудитории", "нуждается в повторном промере",
    "меняется в зависимости от времени суток", "читается с первого взгляда",
)  # fmt: skip
_ENDINGS = (
    ", и это пришлось учесть в расчёте.", ", поэтому работа заняла на два дня больше.",
    ", хотя по учебнику должно быть наоборот.", "; в следующий раз начну именно с этого.",
    ", что подтвердили все трое проверяющих.", ". Так появилась вторая редакция.",
    ", а значит, вывод надо записать первым пунктом.", ".",
)  # fmt: skip
_TITLES = (
    "Двор у школы", "Сад на склоне", "Учёт в маленькой мастерской", "Серия о набережной",
    "Полив без лишней воды", "Сверка за квартал", "Портрет соседа", "Палисадник у аптеки",
    "Зимний сад в коридоре", "Касса выходного дня", "Свет из одного окна", "Лестница к морю",
)  # fmt: skip
_SURNAMES = (
    "Абрамова", "Белова", "Власова", "Григорьева", "Дмитриева", "Ершова", "Журавлёва", "Зимина",
    "Ильина", "Ковалёва", "Лебедева", "Миронова", "Николаева", "Осипова", "Павлова", "Рябова",
)  # fmt: skip
_NAMES = ("Анна", "Вера", "Галина", "Дарья", "Елена", "Ирина", "Мария", "Ольга", "Юлия")


def sentence(rng: Random) -> str:
    """One sentence."""
    parts = (_OPENINGS, _SUBJECTS, _ACTIONS, _ENDINGS)
    opening, subject, action, ending = (rng.choice(part) for part in parts)
    return f"{opening} {subject} {action}{ending}"


def paragraph(rng: Random) -> str:
    """Three to six sentences, one of them with a stressed word."""
    sentences = [sentence(rng) for _ in range(rng.randint(3, 6))]
    sentences.append(f"Запомнить: **{rng.choice(_SUBJECTS)}** — это *{rng.choice(_SUBJECTS)}*.")
    return " ".join(sentences)


def article(rng: Random, parts: int) -> str:
    """A text with headings, a list, a table, a quotation and a link."""
    blocks = [paragraph(rng)]
    for number in range(parts):
        blocks += [f"## Часть {number + 1}. {title(rng)}", paragraph(rng)]
    points = "\n".join(f"{n}. {sentence(rng)}" for n in range(1, 5))
    rows = "\n".join(f"| {n}:30 | {rng.choice(_SUBJECTS)} | {sentence(rng)} |" for n in (7, 13, 19))
    table = f"| Когда | Что | Что это значит |\n|---|---|---|\n{rows}"
    link = "Порядок работы взят из [памятки](https://example.org/pamyatka)."
    return "\n\n".join([*blocks, points, table, f"> {sentence(rng)}", link]) + "\n"


def title(rng: Random) -> str:
    """The title of a work, a goal or a thought."""
    return rng.choice(_TITLES)


def name(rng: Random) -> tuple[str, str]:
    """A surname and a name."""
    return rng.choice(_SURNAMES), rng.choice(_NAMES)
