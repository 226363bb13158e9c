"""Marks: which columns tell what should decide nothing, and which a customer or a campaign can change."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from segment_core.artifacts import Column, Customers, Dialect, Role, Table
from segment_core.intake.parsing import convert
from segment_core.intake.roles import suggest
from segment_core.intake.values import decimal_of
from segment_core.intake.vocabulary import Words, speaks_of

# What law in most countries protects: age, sex, origin, belief, health, family, disability, orientation.
_PROTECTED = Words(
    "age birth born birthday dob gender sex ethnicity ethnic race religion religious faith belief nationality "
    "citizenship citizen senior health disability disabled illness diagnosis medical pregnancy pregnant marital "
    "married partner children child kid kids kidhome teenhome teen teens dependents orientation politics political "
    "party union "
    "alter geburt* geschlecht anrede salutation religion konfession staatsangehorigkeit familienstand kinder "
    "gesundheit* behinderung krankheit schwanger* partei gewerkschaft "
    "naissance sexe religion nationalite enfants sante handicap edad genero sexo nacimiento hijos salud religion "
    "nacionalidad eta sesso nascita figli salute religione nazionalita idade nascimento filhos saude "
    "年龄 性别 出生 生日 民族 宗教 国籍 婚姻 孩子 子女 健康 疾病 残疾 怀孕 政治"
)
_NOT_PROTECTED = Words(
    "account tenure order product file login session membership company domain website page 账户 订单"
)
_CHANGEABLE: tuple[Role, ...] = ("number", "money", "count", "category", "yes/no")
# What already happened cannot be undone, and nobody can be moved.
_FIXED = Words(
    "tenure since first joined join signup registered registration start seniority distance acquisition source cohort "
    "eintritt erste* seit anciennete antiguedad 注册 入会 首次 距离"
)


def is_sensitive(column: Column) -> bool:
    """Tell whether a column's name speaks of what should decide nothing about people.

    Examples
    --------
    >>> from segment_core.messages import say
    >>> is_sensitive(Column("gender", "category", "demographic", say("-")))
    True
    """
    if column.role in ("id", "text", "image", "audio", "vector", "consent", "suppression"):
        return False
    return speaks_of(column.name, _PROTECTED) and not speaks_of(column.name, _NOT_PROTECTED)


def is_mutable(column: Column) -> bool:
    """Tell whether a customer or a campaign can change what a column holds: deeds and opinions, not who somebody is."""
    if column.role not in _CHANGEABLE or column.basis not in ("behavioural", "psychographic"):
        return False
    return not is_sensitive(column) and not speaks_of(column.name, _FIXED)


def sensitive(customers: Customers, chosen: Mapping[str, bool]) -> tuple[str, ...]:
    """Return the sensitive columns, used or set aside, in file order: as chosen by name, else as the names tell."""
    return tuple(column.name for column in customers.columns if chosen.get(column.name, is_sensitive(column)))


def mutable(customers: Customers, chosen: Mapping[str, bool]) -> tuple[str, ...]:
    """Return the columns that may be changed, in file order: as chosen by name, else as role, basis and name tell."""
    return tuple(
        column.name
        for column in customers.columns
        if column.role in _CHANGEABLE and chosen.get(column.name, is_mutable(column))
    )


def sensitive_customers(customers: Customers, chosen: Mapping[str, bool]) -> Customers:
    """Return the customers with nothing but their sensitive columns, each typed.

    What was set aside is read as its cells look by themselves, whatever its name or why it was set aside.
    """
    names = sensitive(customers, chosen)
    frame = customers.frame[list(names)].copy()
    columns = []
    for name in names:
        column = customers.column(name)
        if column.role in ("ignore", "id", "name"):
            column = _looked_at(column, frame[name])
            if column.role not in ("ignore", "id", "name"):
                frame[name] = convert(frame[name], column, decimal_of(frame[[name]]))[0]
        columns.append(column)
    return replace(customers, frame=frame, columns=tuple(columns), notes=(), said=None)


def _looked_at(column: Column, cells: pd.Series) -> Column:
    """Return a column that was set aside, with the role its cells speak for."""
    texts = cells.astype(object).where(cells.notna(), None).reset_index(drop=True).to_frame()
    found = suggest(Table(texts, column.name, Dialect("csv", decimal=decimal_of(texts))))[0]
    return replace(column, role=found.role)
