"""The roles of a campaign and what people call them."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

ROLES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "district_coordinator": {"zh": "区县（市）局经办", "en": "district coordinator"},
        "district_section_head": {"zh": "区县（市）局科室负责人", "en": "head of the district section"},
        "district_deputy_head": {"zh": "区县（市）局分管领导", "en": "deputy head of the district bureau"},
        "municipal_coordinator": {"zh": "市局经办", "en": "municipal coordinator"},
        "leader": {"zh": "市局领导", "en": "leader of the municipal bureau"},
        "laboratory": {"zh": "检验检测机构", "en": "laboratory"},
        "institute": {"zh": "标准化研究机构", "en": "standardization institute"},
        "administrator": {"zh": "系统管理员", "en": "administrator"},
        "system": {"zh": "系统", "en": "system"},
    }
)

SUPERVISORS: Final = ("municipal_coordinator",)
"""Who confirms, grants and decides where a flow names nobody else: the level above the districts."""

REPORTERS: Final = ("district_coordinator",)
"""Who answers for a district's cases."""


def labels(roles: Collection[str]) -> tuple[Mapping[str, str], ...]:
    """What the roles are called, for a sentence."""
    return tuple(ROLES.get(role, {"zh": role, "en": role}) for role in roles)
