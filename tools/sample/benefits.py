# ruff: noqa: E501  (the sentence of a reckoning is one line)
"""Savings of a project: each quantity times its factor, the sentence that says so, and the sums."""

from __future__ import annotations

from decimal import Decimal

from tools.sample import conventions as use
from tools.sample.decimals import WAN, dec, rounded, shown, stored

LABELS = {
    "save_water": ("节水量", "万m³/a"),
    "cut_waste": ("固体废物减量", "t/a"),
    "use_waste": ("新增综合利用量", "t/a"),
    "cut_wastewater": ("废水减排量", "万t/a"),
    "cut_so2": ("二氧化硫减排量", "t/a"),
    "cut_nox": ("氮氧化物减排量", "t/a"),
    "cut_pm": ("颗粒物减排量", "t/a"),
    "cut_voc": ("挥发性有机物减排量", "t/a"),
    "cut_cod": ("化学需氧量减排量", "t/a"),
    "cut_nh3n": ("氨氮减排量", "t/a"),
}


class Benefits:
    """The benefits of one project, counted up part by part."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.counted: dict[str, list[Decimal]] = {}
        self.heat = Decimal(0)  # tce of waste heat newly used

    def gas(self, amount: str, why: str, *, is_heat: bool = False) -> Benefits:
        """Natural gas saved, 万m³."""
        tce = rounded(dec(amount) * use.GAS_TCE)
        co2 = rounded(dec(amount) * use.GAS_CO2)
        self.heat += tce if is_heat else 0
        return self._energy(
            tce, co2,
            f"{why}{amount}万m³，节能{amount}×{use.GAS_TCE}＝{shown(tce)} tce，"
            f"减排二氧化碳{amount}×{use.GAS_CO2}＝{shown(co2)} t",
        )  # fmt: skip

    def power(self, amount: str, why: str, sign: int = 1) -> Benefits:
        """Grid electricity saved (or, with -1, used besides), 万kWh."""
        tce = rounded(dec(amount) * use.POWER_TCE)
        co2 = rounded(dec(amount) * use.POWER_CO2)
        saved, cut = ("节能", "减排") if sign > 0 else ("扣减", "扣减")
        return self._energy(
            sign * tce, sign * co2,
            f"{why}{amount}万kWh，{saved}{amount}×{use.POWER_TCE}＝{shown(tce)} tce（当量值），"
            f"{cut}二氧化碳{amount}×{use.POWER_CO2}＝{shown(co2)} t",
        )  # fmt: skip

    def steam(self, amount: str, why: str, *, is_heat: bool = True) -> Benefits:
        """Steam of the heat plant saved, 万t."""
        tce = rounded(dec(amount) * WAN * use.STEAM_HEAT * use.CHP_HEAT_RATE)
        co2 = rounded(use.coal_co2(tce))
        self.heat += tce if is_heat else 0
        return self._energy(
            tce, co2,
            f"{why}{amount}万t，少用热电蒸汽折{amount}万t×{use.STEAM_HEAT} GJ/t×{use.CHP_HEAT_RATE} "
            f"tce/GJ＝{shown(tce)} tce（供热标煤耗为清源热电2025年实绩），"
            f"减排二氧化碳{shown(tce)}÷{use.COAL_TCE}×{use.COAL_CO2}＝{shown(co2)} t",
        )  # fmt: skip

    def coal(self, amount: str, why: str) -> Benefits:
        """Coal saved, t."""
        tce = rounded(dec(amount) * use.COAL_TCE)
        co2 = rounded(dec(amount) * use.COAL_CO2)
        plain = stored(amount)
        return self._energy(
            tce, co2,
            f"{why}{plain} t，节能{plain}×{use.COAL_TCE}＝{shown(tce)} tce，"
            f"减排二氧化碳{plain}×{use.COAL_CO2}＝{shown(co2)} t",
        )  # fmt: skip

    def diesel(self, amount: str, why: str) -> Benefits:
        """Diesel saved, t."""
        tce = rounded(dec(amount) * use.DIESEL_TCE)
        co2 = rounded(dec(amount) * use.DIESEL_CO2)
        return self._energy(
            tce, co2,
            f"{why}{amount} t，节能{amount}×{use.DIESEL_TCE}＝{shown(tce)} tce，"
            f"减排二氧化碳{amount}×{use.DIESEL_CO2}＝{shown(co2)} t",
        )  # fmt: skip

    def boilers(self, coal: str, efficiency: str) -> Benefits:
        """Scattered boilers replaced by the heat plant; `coal` is what they burn, t."""
        before = dec(coal) * use.COAL_TCE
        heat = rounded(dec(coal) * use.COAL_HEAT * dec(efficiency), 0)
        after = heat * use.CHP_HEAT_RATE
        tce = rounded(rounded(before) - rounded(after))
        co2 = rounded(use.coal_co2(tce))
        plain = stored(coal)
        return self._energy(
            tce, co2,
            f"被替代锅炉年耗煤{plain} t，折{shown(before)} tce，供热{plain}×{use.COAL_HEAT}×{efficiency}"
            f"＝{shown(heat)} GJ；改由热电供应折{shown(heat)}×{use.CHP_HEAT_RATE}＝{shown(after)} tce，"
            f"节能{shown(tce)} tce，减排二氧化碳{shown(tce)}÷{use.COAL_TCE}×{use.COAL_CO2}＝{shown(co2)} t",
        )  # fmt: skip

    def sunlight(self, amount: str, why: str) -> Benefits:
        """Own renewable electricity in place of the grid's, 万kWh: CO2 only."""
        co2 = rounded(dec(amount) * use.POWER_CO2)
        self.counted.setdefault("cut_co2", []).append(co2)
        self.parts.append(
            f"{why}{amount}万kWh，全部自用，减排二氧化碳{amount}×{use.POWER_CO2}＝{shown(co2)} t；"
            "按当量值口径，可再生电力替代网电不减少综合能源消费量，不计节能量"
        )
        return self

    def fixed_co2(self, amount: Decimal, why: str) -> Benefits:
        """CO2 bound in a product, t."""
        self.counted.setdefault("cut_co2", []).append(rounded(amount))
        self.parts.append(f"{why}{shown(amount)} t（工艺固碳，不涉及节能量）")
        return self

    def count(self, key: str, amount: str, how: str) -> Benefits:
        """Any other benefit, with the reckoning in words."""
        label, unit = LABELS[key]
        self.counted.setdefault(key, []).append(dec(amount))
        figure = f"{shown(dec(amount))}{'' if unit.startswith('万') else ' '}{unit}"
        sign = "＝" if any(mark in how for mark in "×＋－") else "，计"
        self.parts.append(f"{label}：{how}{sign}{figure}")
        return self

    def note(self, text: str) -> Benefits:
        """What is not a figure."""
        self.parts.append(text)
        return self

    def columns(self) -> dict[str, object]:
        """The columns of the project table."""
        found: dict[str, object] = {
            key: stored(sum(amounts, Decimal(0))) for key, amounts in self.counted.items()
        }
        text = "；".join(self.parts) + "。"
        if len(self.counted.get("save_energy", [])) > 1:
            text += f"合计节能量{found['save_energy']} tce/a、减排二氧化碳{found['cut_co2']} t/a。"
        return {**found, "benefit_basis": text}

    def _energy(self, tce: Decimal, co2: Decimal, text: str) -> Benefits:
        self.counted.setdefault("save_energy", []).append(tce)
        self.counted.setdefault("cut_co2", []).append(co2)
        self.parts.append(text)
        return self
