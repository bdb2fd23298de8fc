"""Write the demo exports of the training records (XLSX) and of the CRM (CSV).

They carry the warts of real exports on purpose: dates as cells and as text, a blank
row, a doubled row, a phone that became a number, missing patronymics, titles instead
of ids, a column that may not be imported and one row that cannot be.

    python tools/make_demo_exports.py [folder]
"""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

FOLDER = Path(__file__).parents[1] / "portfolios" / "demo" / "import"
MADE = datetime(2026, 11, 23, 19, 30)

GARDEN = "Ландшафтный дизайн и озеленение"
ACCOUNTS = "Учёт и налоги малого бизнеса. Практика"
PHOTO = "Фотография. Рассказ в кадре"

LISTENER_HEADINGS = (
    "Код слушателя", "Фамилия", "Имя", "Отчество", "Категория", "Программа", "Группа", "Статус",
    "Дата статуса", "Дата зачисления", "Дата окончания", "Куратор", "Электронная почта", "Телефон",
    "Отдел", "Данные на",
)  # fmt: skip


def _day(text: str) -> datetime:
    """A date cell as Excel keeps it."""
    return datetime.strptime(text, "%d.%m.%Y")


def _garden(code: str, name: str, group: str, status: str, days: tuple[object, object, object],
            phone: object) -> tuple[object, ...]:  # fmt: skip
    return (
        code, *_name(name), "Профессиональная переподготовка", GARDEN, group, status, *days,
        "Кузнецова Ирина Валентиновна", _mailbox(code), phone,
        "Отделение ландшафтного дизайна", _day("23.11.2026"),
    )  # fmt: skip


def _accounts(code: str, name: str, status: str, since: object, phone: object,
              programme: str = ACCOUNTS) -> tuple[object, ...]:  # fmt: skip
    return (
        code, *_name(name), "Повышение квалификации", programme, "БУ-26-3", status, since,
        _day("10.09.2026"), _day("18.12.2026"), "Абрамян Сусанна Кареновна", _mailbox(code), phone,
        "Отделение учёта и налогов", "23.11.2026",
    )  # fmt: skip


def _name(name: str) -> tuple[str, str, str]:
    last, first, *rest = name.split(" ")
    return last, first, rest[0] if rest else ""


def _mailbox(code: str) -> str:
    return f"{code.lower().removeprefix('al-').replace('-', '.')}@alvasar.biz"


_DOUBLED = _accounts(
    "AL-2026-0043", "Лебедева Екатерина", "обучается", "10.09.2026", "8 900 000 00 43"
)

LISTENERS: tuple[tuple[object, ...], ...] = (
    _garden("AL-2025-0031", "Бельская Марина Аркадьевна", "ЛД-25-2", "завершил обучение",
            (_day("26.06.2026"), "28.08.2025", _day("26.06.2026")), "+7 (900) 000-00-31"),
    _garden("AL-2026-0011", "Веретенникова Ольга Сергеевна", "ЛД-26-1", "обучается",
            (_day("06.02.2026"), _day("06.02.2026"), _day("12.02.2027")), "+7 (900) 000-00-11"),
    # Excel took this phone for a number.
    _garden("AL-2026-0012", "Гордеев Николай Петрович", "ЛД-26-1", "обучается",
            ("06.02.2026", "06.02.2026", "12.02.2027"), 79000000012.0),
    _garden("AL-2026-0013", "Harper Daniel", "ЛД-26-1", "Обучается",
            (_day("06.02.2026"), "06.02.2026", _day("12.02.2027")), "+7 900 000-00-13"),
    _garden("AL-2026-0014", "Шапошникова Лариса Ивановна", "ЛД-26-1", "академический отпуск",
            ("20.10.2026", _day("06.02.2026"), _day("12.02.2027")), "89000000014"),
    _garden("AL-2026-0016", "Кудрявцев Артём Олегович", "ЛД-26-1", "отчислен",
            (_day("09.11.2026"), _day("06.02.2026"), ""), ""),
    (),
    _accounts("AL-2026-0041", "Ситникова Тамара Геннадьевна", "обучается", _day("10.09.2026"),
              "+7 (900) 000-00-41"),
    _accounts("AL-2026-0042", "Ахметов Руслан Фаридович", "обучается ", "10.09.2026",
              "+7-900-000-00-42", "accounting-practice"),
    _DOUBLED,
    _DOUBLED,
    _accounts("AL-2026-0044", "Прохоров Виктор Степанович", "обучается", _day("10.09.2026"), ""),
    _garden("AL-2026-0071", "Осипова Дарья Максимовна", "ЛД-26-2", "обучается",
            (_day("16.10.2026"), _day("16.10.2026"), "29.10.2027"), "+7 (900) 000-00-71"),
)  # fmt: skip

RESULT_HEADINGS = ("Код слушателя", "Модуль", "Итог", "Оценка", "Дата", "Преподаватель")

_BASICS = "Основы ландшафтного проектирования"
_SITE = "Предпроектный анализ участка"
_TREES = "Дендрология и подбор растений для юга"
_STYLE = "Композиция и стиль сада"
_WATER = "Вертикальная планировка, дренаж и полив"
_SHEETS = "Рабочие чертежи и подача проекта"
_COST = "Смета и разговор с заказчиком"
_FINAL = "Итоговый проект сада"
_PAPERS = "Первичные документы и электронный обмен"
_LEDGER = "План счетов и проводки"
_TAXES = "Налоговые режимы и сроки"
_LIGHT = "Свет и экспозиция"
_FRAME = "Композиция кадра"

RESULTS: tuple[tuple[object, ...], ...] = (
    ("AL-2025-0031", _BASICS, "зачтено", "", "03.10.2025", "Самарин П. А."),
    ("AL-2025-0031", _SITE, "сдано", 5, _day("07.11.2025"), "Самарин П. А."),
    ("AL-2025-0031", _TREES, "сдано", 5, _day("25.12.2025"), "Дроздова В. Н."),
    ("AL-2025-0031", _STYLE, "сдано", 4, "13.02.2026", "Самарин П. А."),
    ("AL-2025-0031", _WATER, "сдано", 5, _day("27.03.2026"), "Лаптев Е. Б."),
    ("AL-2025-0031", _SHEETS, "сдано", 5, _day("14.05.2026"), "Самарин П. А."),
    ("AL-2025-0031", _COST, "зачтено", "92 из 100", "05.06.2026", "Кузнецова И. В."),
    ("AL-2025-0031", _FINAL, "сдано", 5, _day("25.06.2026"), "комиссия"),
    ("AL-2026-0011", _BASICS, "зачтено", "", "10.03.2026", "Самарин П. А."),
    ("AL-2026-0011", _SITE, "сдано", 4, _day("14.04.2026"), "Самарин П. А."),
    ("AL-2026-0011", _TREES, "сдано", 5, _day("04.06.2026"), "Дроздова В. Н."),
    ("AL-2026-0011", _STYLE, "сдано", 5, _day("10.07.2026"), "Самарин П. А."),
    ("AL-2026-0011", _WATER, "сдано", 4, "09.10.2026", "Лаптев Е. Б."),
    ("AL-2026-0012", _BASICS, "зачтено", "", _day("10.03.2026"), "Самарин П. А."),
    ("AL-2026-0012", _SITE, "сдано", 5, _day("13.04.2026"), "Самарин П. А."),
    ("AL-2026-0012", _TREES, "сдано", 3, _day("05.06.2026"), "Дроздова В. Н."),
    ("AL-2026-0012", _STYLE, "сдано", 4, _day("10.07.2026"), "Самарин П. А."),
    ("AL-2026-0012", "drainage", "сдано", 5, _day("08.10.2026"), "Лаптев Е. Б."),
    ("AL-2026-0013", _BASICS, "зачтено", "", _day("10.03.2026"), "Самарин П. А."),
    ("AL-2026-0013", _SITE, "сдано", 4, _day("14.04.2026"), "Самарин П. А."),
    ("AL-2026-0013", _TREES, "сдано", 4, _day("05.06.2026"), "Дроздова В. Н."),
    ("AL-2026-0013", _STYLE, "сдано", 5, "09.07.2026", "Самарин П. А."),
    ("AL-2026-0013", _WATER, "неявка", "", _day("09.10.2026"), "Лаптев Е. Б."),
    ("AL-2026-0014", _BASICS, "зачтено", "", _day("10.03.2026"), "Самарин П. А."),
    ("AL-2026-0014", _SITE, "сдано", 4, _day("14.04.2026"), "Самарин П. А."),
    ("AL-2026-0014", _TREES, "сдано", 5, "04.06.2026", "Дроздова В. Н."),
    ("AL-2026-0014", _STYLE, "сдано", 4, _day("10.07.2026"), "Самарин П. А."),
    ("AL-2026-0016", _BASICS, "зачтено", "", "10.03.2026", "Самарин П. А."),
    ("AL-2026-0016", _SITE, "не сдано", 2, _day("14.04.2026"), "Самарин П. А."),
    ("AL-2026-0016", _TREES, "неявка", "", _day("05.06.2026"), "Дроздова В. Н."),
    (),
    ("AL-2026-0041", _PAPERS, "сдано", "19 из 20", _day("25.09.2026"), "Маслова Н. Ю."),
    ("AL-2026-0041", _LEDGER, "сдано", 5, _day("16.10.2026"), "Маслова Н. Ю."),
    ("AL-2026-0041", _TAXES, "сдано", 5, "12.11.2026", "Юдин К. И."),
    ("AL-2026-0042", _PAPERS, "сдано", "14 из 20", _day("25.09.2026"), "Маслова Н. Ю."),
    ("AL-2026-0042", _LEDGER, "сдано", 3, _day("16.10.2026"), "Маслова Н. Ю."),
    ("AL-2026-0042", _TAXES, "сдано", 4, _day("12.11.2026"), "Юдин К. И."),
    ("AL-2026-0043", _PAPERS, "сдано", "17 из 20", _day("24.09.2026"), "Маслова Н. Ю."),
    ("AL-2026-0043", _LEDGER, "сдано", 4, "16.10.2026", "Маслова Н. Ю."),
    ("AL-2026-0043", _TAXES, "не сдано", 2, "12.11.2026", "Юдин К. И."),
    ("AL-2026-0044", _PAPERS, "сдано", "16 из 20", _day("25.09.2026"), "Маслова Н. Ю."),
    ("AL-2026-0044", _LEDGER, "сдано", 4, _day("16.10.2026"), "Маслова Н. Ю."),
    ("AL-2026-0044", _TAXES, "сдано", 4, _day("13.11.2026"), "Юдин К. И."),
    # The group of the CRM: their results are in the training records like everyone's.
    ("AL-2026-0061", _LIGHT, "сдано", "18 из 20", _day("23.10.2026"), "Платонов Г. Д."),
    ("AL-2026-0061", _FRAME, "зачтено", "", _day("13.11.2026"), "Платонов Г. Д."),
    ("AL-2026-0062", _LIGHT, "сдано", "20 из 20", _day("23.10.2026"), "Платонов Г. Д."),
    ("AL-2026-0062", _FRAME, "зачтено", "", "13.11.2026", "Платонов Г. Д."),
    ("AL-2026-0063", _LIGHT, "сдано", "15 из 20", _day("23.10.2026"), "Платонов Г. Д."),
    ("AL-2026-0064", _LIGHT, "сдано", "17 из 20", "22.10.2026", "Платонов Г. Д."),
    ("AL-2026-0064", _FRAME, "зачтено", "", _day("13.11.2026"), "Платонов Г. Д."),
)

DOCUMENT_HEADINGS = ("Код слушателя", "Код документа", "Вид", "Название", "Номер", "Дата")

DOCUMENTS: tuple[tuple[object, ...], ...] = (
    ("AL-2025-0031", "p-2025-118", "приказ", "О зачислении в группу ЛД-25-2", "118-з",
     _day("28.08.2025")),
    ("AL-2025-0031", "p-2026-071", "приказ", "О выпуске группы ЛД-25-2", "71-в", "26.06.2026"),
    ("AL-2025-0031", "d-2026-009", "диплом", "Диплом о профессиональной переподготовке",
     "ПП 26-009", _day("30.06.2026")),
    ("AL-2026-0011", "p-2026-014", "приказ", "О зачислении в группу ЛД-26-1", "14-з",
     _day("06.02.2026")),
    ("AL-2026-0011", "k-2026-022", "договор", "Договор об образовании", "22/26",
     _day("02.02.2026")),
    ("AL-2026-0011", "s-2026-103", "справка", "Справка об обучении для работодателя", "103",
     "11.11.2026"),
    ("AL-2026-0012", "p-2026-015", "приказ", "О зачислении в группу ЛД-26-1", "15-з",
     _day("06.02.2026")),
    ("AL-2026-0013", "k-2026-024", "договор", "Договор об образовании", "24/26",
     _day("03.02.2026")),
    ("AL-2026-0014", "p-2026-097", "приказ", "О предоставлении академического отпуска", "97-а",
     _day("20.10.2026")),
    ("AL-2026-0016", "p-2026-104", "приказ", "Об отчислении по собственному желанию", "104-о",
     _day("09.11.2026")),
    ("AL-2026-0041", "p-2026-081", "приказ", "О зачислении в группу БУ-26-3", "81-з",
     _day("10.09.2026")),
    ("AL-2026-0042", "k-2026-061", "договор", "Договор об образовании", "61/26", "08.09.2026"),
    ("AL-2026-0044", "k-2026-063", "договор", "Договор об образовании", "63/26",
     _day("08.09.2026")),
    ("AL-2026-0071", "p-2026-095", "приказ", "О зачислении в группу ЛД-26-2", "95-з",
     _day("16.10.2026")),
)  # fmt: skip

CRM_HEADINGS = (
    "Код слушателя", "Фамилия", "Имя", "Отчество", "Категория", "Программа", "Группа", "Статус",
    "Дата статуса", "Дата зачисления", "Куратор", "Электронная почта", "Телефон", "СНИЛС",
    "Данные на",
)  # fmt: skip


def _photo(code: str, name: str, phone: str, programme: str = PHOTO) -> tuple[str, ...]:
    return (
        code, *_name(name), "Общеразвивающая программа", programme, "ФР-26-1", "обучается",
        "01.10.2026", "01.10.2026", "Уварова Мария Леонидовна", _mailbox(code), phone,
        "000-000-000 00", "23.11.2026",
    )  # fmt: skip


CRM: tuple[tuple[str, ...], ...] = (
    _photo("AL-2026-0061", "Зуева Полина Андреевна", "+7 900 000 00 61"),
    _photo("AL-2026-0062", "Карапетян Левон Ашотович", "8(900)000-00-62"),
    _photo("AL-2026-0063", "Мельникова Надежда Фёдоровна", ""),
    _photo("AL-2026-0064", "Тихонов Илья Романович", "+79000000064"),
    # Nobody offers this programme: the report has to say so.
    _photo("AL-2026-0065", "Громова Инна Павловна", "+7 900 000 00 65", "Керамика у моря"),
)


def training_records() -> bytes:
    """The workbook, the same bytes every time."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, headings, rows in (
        ("Слушатели", LISTENER_HEADINGS, LISTENERS),
        ("Результаты", RESULT_HEADINGS, RESULTS),
        ("Документы", DOCUMENT_HEADINGS, DOCUMENTS),
    ):
        sheet = book.create_sheet(title)
        sheet.append(headings)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for row in rows:
            sheet.append(row or ("",))
        for column in sheet.columns:
            width = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(width + 2, 44)
            for cell in column:
                if isinstance(cell.value, datetime):
                    cell.number_format = "DD.MM.YYYY"
        sheet.freeze_panes = "A2"
    book.properties.creator = "АИС УП"
    book.properties.created = MADE
    packed = io.BytesIO()
    book.save(packed)
    return _with_fixed_times(packed.getvalue())


def crm() -> bytes:
    """The CSV file as an older CRM writes it: Windows-1251, semicolons, CRLF."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows((CRM_HEADINGS, *CRM))
    return text.getvalue().encode("cp1251")


def _with_fixed_times(content: bytes) -> bytes:
    """Pack a workbook again with one moment everywhere: openpyxl puts in the clock's."""
    moment = MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment, part)
            info = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return packed.getvalue()


def main(folder: Path = FOLDER) -> int:
    """Write both files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ais-up.xlsx").write_bytes(training_records())
    (folder / "crm.csv").write_bytes(crm())
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
