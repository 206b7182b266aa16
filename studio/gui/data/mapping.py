"""The mapping of columns to the parts of a row: what a format needs, and the plan after each choice."""

from collections.abc import Mapping

from studio.plan.plan import Plan

# The parts that each format knows, the ones it cannot do without first; see studio.data.layout.
NEEDED = {
    "prompt-completion": ("prompt", "completion"),
    "alpaca": ("instruction", "output"),
    "chat": ("messages",),
    "text": ("text",),
    "text-label": ("text", "label"),
}
OPTIONAL = {"alpaca": ("input", "system"), "chat": ("system", "tools"), "prompt-completion": ("system",)}
ALL_ROLES = tuple(dict.fromkeys(role for table in (NEEDED, OPTIONAL) for roles in table.values() for role in roles))


def roles_of(format: str) -> tuple[str, ...]:
    """The parts of a format, needed ones first; none of a format that is not known."""
    return NEEDED.get(format, ()) + OPTIONAL.get(format, ())


def role_of(column: str, roles: Mapping[str, str]) -> str:
    """The part that a column plays by itself; empty where it plays none."""
    return next((role for role, source in roles.items() if source == column), "")


def parts_with(column: str, roles: Mapping[str, str]) -> list[str]:
    """The parts whose text takes the column in."""
    return [role for role, source in roles.items() if source != column and f"{{{column}}}" in source]


def with_source(plan: Plan, format: str, roles: Mapping[str, str], role: str, source: str) -> Plan:
    """The plan in which a column, or a text, plays a part. An empty source gives the part back to the guess.

    `roles` are those in force. A column plays one part: it leaves the one it had.
    """
    known = roles_of(format) or ALL_ROLES
    kept = {other: value for other, value in roles.items() if other in known and other != role and value != source}
    return _with_columns(plan, kept | ({role: source} if source else {}))


def without_column(plan: Plan, format: str, roles: Mapping[str, str], column: str) -> Plan:
    """The plan in which a column plays no part of its own, though its name may say that it does."""
    known = roles_of(format) or ALL_ROLES
    return _with_columns(
        plan, {role: "" if source == column else source for role, source in roles.items() if role in known}
    )


def with_format(plan: Plan, format: str) -> Plan:
    """The plan with another format; of the columns named so far stay those that play a part in it."""
    kept = (
        plan.data.columns
        if format == "auto"
        else {role: source for role, source in plan.data.columns.items() if role in roles_of(format)}
    )
    return plan.with_values(data=plan.data.with_values(format=format, columns=kept))


def confirmed(plan: Plan, format: str, roles: Mapping[str, str]) -> Plan:
    """The plan that says in so many words what was guessed."""
    named = {role: source for role, source in roles.items() if role in roles_of(format)}
    return plan.with_values(data=plan.data.with_values(format=format, columns=named))


def _with_columns(plan: Plan, columns: dict[str, str]) -> Plan:
    return plan.with_values(data=plan.data.with_values(columns=columns))
