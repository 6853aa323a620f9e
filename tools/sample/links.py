"""产业链环节: which material goes from where to where in the invented park."""

from __future__ import annotations

_NAMES = ("id", "upstream", "material", "downstream", "owner", "state")
_ROWS = (
    ("原盐与电石采购", "原盐44.8万t、电石33.6万t", "氯碱与聚氯乙烯", "恒泰氯碱", "existing"),
    ("氯碱与聚氯乙烯", "聚氯乙烯5.8万t", "塑料型材", "盛达塑胶", "existing"),
    ("氯碱与聚氯乙烯", "氯气", "甲烷氯化物", "启元精细化工", "existing"),
    ("氯碱与聚氯乙烯", "副产氢气2050万m³", "双氧水", "启元精细化工", "planned"),
    ("氯碱与聚氯乙烯", "电石渣4.8万t", "轻质碳酸钙", "海澜助剂", "planned"),
    ("氯碱与聚氯乙烯", "脱硫用电石渣6.4万t", "热电联产", "清源热电", "existing"),
    ("甲烷氯化物", "副产盐酸3.6万t", "聚合氯化铝", "益清水处理剂", "existing"),
    ("双氧水", "漂白用双氧水2.1万t", "造纸", "丰泽、嘉禾、瑞华", "planned"),
    ("轻质碳酸钙", "造纸填料", "造纸", "丰泽、嘉禾、瑞华", "planned"),
    ("废纸回收", "废纸67.6万t", "造纸", "丰泽、嘉禾、瑞华", "existing"),
    ("热电联产", "蒸汽", "造纸", "丰泽、嘉禾、瑞华", "existing"),
    ("热电联产", "脱硫石膏", "石膏粉与砌块", "固源建材", "existing"),
    ("造纸", "浆渣污泥", "热电联产", "清源热电", "planned"),
    ("黏土与砂料开采", "黏土、砂料115.2万t", "建筑陶瓷", "金穗、宏岩、新禹", "existing"),
    ("建筑陶瓷", "抛光渣", "发泡陶瓷隔墙板", "固源建材", "planned"),
)


def chain_links() -> list[dict[str, object]]:
    """The rows of the table, numbered l01, l02 …."""
    return [
        dict(zip(_NAMES, (f"l{number:02}", *row), strict=True))
        for number, row in enumerate(_ROWS, start=1)
    ]
