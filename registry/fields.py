"""What a column of an export can be, and the headings it is known by (clauses 5.5, 5.6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class TableKind(Enum):
    """What the rows of a table are about."""

    LISTENERS = "listeners"
    RESULTS = "results"
    DOCUMENTS = "documents"


class Column(Enum):
    """A field of the central data; the values are the names that a mapping file uses."""

    EXTERNAL_ID = "external_id"
    FULL_NAME = "full_name"
    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    PATRONYMIC = "patronymic"
    CATEGORY = "category"
    PROGRAMME = "programme"
    GROUP = "group"
    STATUS = "status"
    STATUS_SINCE = "status_since"
    ENROLLED = "enrolled"
    ENDS = "ends"
    CURATOR = "curator"
    MAILBOX = "mailbox"
    PHONE = "phone"
    MODULE = "module"
    OUTCOME = "outcome"
    GRADE = "grade"
    TEACHER = "teacher"
    DOCUMENT = "document"
    KIND = "kind"
    TITLE = "title"
    NUMBER = "number"
    DATE = "date"
    DEPARTMENT = "department"
    AS_OF = "as_of"


COLUMNS: Mapping[TableKind, tuple[Column, ...]] = {
    # A programme is read before the group: groups of two programmes may share a title.
    TableKind.LISTENERS: (
        Column.EXTERNAL_ID, Column.FULL_NAME, Column.LAST_NAME, Column.FIRST_NAME,
        Column.PATRONYMIC, Column.CATEGORY, Column.PROGRAMME, Column.GROUP, Column.STATUS,
        Column.STATUS_SINCE, Column.ENROLLED, Column.ENDS, Column.CURATOR, Column.MAILBOX,
        Column.PHONE, Column.DEPARTMENT, Column.AS_OF,
    ),
    TableKind.RESULTS: (
        Column.EXTERNAL_ID, Column.MODULE, Column.OUTCOME, Column.GRADE, Column.DATE,
        Column.TEACHER, Column.DEPARTMENT, Column.AS_OF,
    ),
    TableKind.DOCUMENTS: (
        Column.EXTERNAL_ID, Column.DOCUMENT, Column.KIND, Column.TITLE, Column.NUMBER,
        Column.DATE, Column.DEPARTMENT, Column.AS_OF,
    ),
}  # fmt: skip

REQUIRED: Mapping[TableKind, frozenset[Column]] = {
    TableKind.LISTENERS: frozenset(
        {
            Column.EXTERNAL_ID, Column.FULL_NAME, Column.LAST_NAME, Column.FIRST_NAME,
            Column.CATEGORY, Column.PROGRAMME, Column.GROUP,
        }
    ),
    TableKind.RESULTS: frozenset({Column.EXTERNAL_ID, Column.MODULE, Column.OUTCOME}),
    TableKind.DOCUMENTS: frozenset({Column.EXTERNAL_ID, Column.DOCUMENT, Column.TITLE}),
}  # fmt: skip

# The first heading is the one our own texts use; when two columns of a table
# could be one field, the heading that stands earlier here wins.
HEADINGS: Mapping[Column, tuple[str, ...]] = {
    Column.EXTERNAL_ID: (
        "Код слушателя", "ID слушателя", "Идентификатор слушателя", "Личный номер",
        "Номер личного дела", "Внешний код", "External ID", "Listener ID", "Student ID", "ID",
    ),
    Column.FULL_NAME: (
        "ФИО", "Ф.И.О.", "ФИО слушателя", "Фамилия Имя Отчество", "Фамилия, имя, отчество",
        "Слушатель", "Full name", "Name",
    ),
    Column.LAST_NAME: ("Фамилия", "Фамилия слушателя", "Last name", "Surname", "Family name"),
    Column.FIRST_NAME: ("Имя", "Имя слушателя", "First name", "Given name"),
    Column.PATRONYMIC: ("Отчество", "Отчество слушателя", "Patronymic", "Middle name"),
    Column.CATEGORY: ("Категория", "Категория слушателя", "Category"),
    Column.PROGRAMME: (
        "Программа", "Программа обучения", "Образовательная программа", "Программа ДПО",
        "Название программы", "Код программы", "Programme", "Program",
    ),
    Column.GROUP: (
        "Группа", "Учебная группа", "Номер группы", "Код группы", "Поток", "Group", "Study group",
    ),
    Column.STATUS: ("Статус", "Статус слушателя", "Статус обучения", "Состояние", "Status"),
    Column.STATUS_SINCE: (
        "Дата статуса", "Статус с", "Дата изменения статуса", "Дата смены статуса",
        "Status since", "Status date",
    ),
    Column.ENROLLED: (
        "Дата зачисления", "Зачислен", "Дата начала обучения", "Начало обучения",
        "Enrolled", "Enrolment date", "Enrollment date", "Start date",
    ),
    Column.ENDS: (
        "Дата окончания", "Дата окончания обучения", "Окончание обучения",
        "Дата завершения обучения", "Ends", "End date",
    ),
    Column.CURATOR: ("Куратор", "Куратор группы", "Curator"),
    Column.MAILBOX: (
        "Электронная почта", "Адрес электронной почты", "Эл. почта", "Почта", "E-mail", "Email",
        "Mailbox", "Mail",
    ),
    Column.PHONE: (
        "Телефон", "Номер телефона", "Мобильный телефон", "Контактный телефон", "Сотовый телефон",
        "Мобильный", "Phone", "Phone number", "Mobile",
    ),
    Column.MODULE: (
        "Модуль", "Дисциплина", "Предмет", "Название модуля", "Код модуля", "Module", "Subject",
    ),
    Column.OUTCOME: ("Итог", "Результат", "Итог контроля", "Outcome", "Result"),
    Column.GRADE: ("Оценка", "Балл", "Баллы", "Отметка", "Grade", "Mark", "Score"),
    Column.TEACHER: ("Преподаватель", "Экзаменатор", "Teacher", "Examiner"),
    Column.DOCUMENT: ("Код документа", "ID документа", "Document ID", "Document code", "Document"),
    Column.KIND: ("Вид", "Вид документа", "Тип документа", "Тип", "Kind", "Type"),
    Column.TITLE: (
        "Название", "Название документа", "Наименование", "Наименование документа", "Title",
    ),
    Column.NUMBER: (
        "Номер", "Номер документа", "Регистрационный номер", "Рег. номер", "Number",
    ),
    Column.DATE: (
        "Дата", "Дата сдачи", "Дата контроля", "Дата документа", "Дата выдачи", "Date",
    ),
    Column.DEPARTMENT: (
        "Отдел", "Ответственный отдел", "Ответственное подразделение", "Подразделение",
        "Department",
    ),
    Column.AS_OF: ("Данные на", "Дата данных", "Дата выгрузки", "Актуально на", "As of"),
}  # fmt: skip

# Columns that every report has and nobody needs.
IDLE = ("№", "№ п/п", "п/п", "N", "#", "No")
