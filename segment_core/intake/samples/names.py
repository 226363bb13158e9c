"""Names: the invented people and places of the sample's tables, each name with how it is spelt in an address."""

import numpy as np

Named = tuple[str, ...]


def _pairs(text: str) -> tuple[Named, ...]:
    return tuple((pair.split()[0], pair.split()[1]) for pair in text.split("|"))


def _plain(text: str) -> tuple[Named, ...]:
    return tuple((name, name.lower()) for name in text.split())


FIRST_NAMES = {
    "en": _plain(
        """Ada Beatrix Callum Dorian Elspeth Fergus Greta Hamish Imogen Jasper Keziah Lowell Maribel Niall Odette
        Percival Quentin Rosalind Silas Tabitha Ulric Verity Winifred Xanthe Yasmin Zachary Barnaby Cordelia Desmond
        Euphemia"""
    ),
    "zh": _pairs(
        """思远 siyuan|雨桐 yutong|子墨 zimo|欣怡 xinyi|浩然 haoran|梓涵 zihan|晓峰 xiaofeng|佳宁 jianing|志强 zhiqiang|
        美琳 meilin|文博 wenbo|静雯 jingwen|嘉豪 jiahao|若曦 ruoxi|建国 jianguo|秀兰 xiulan|天宇 tianyu|诗涵 shihan|
        俊杰 junjie|丽华 lihua|明哲 mingzhe|芷若 zhiruo|泽楷 zekai|慧敏 huimin"""
    ),
}
LAST_NAMES = {
    "en": _plain(
        """Ashgrove Birchall Copperfield Dunmore Eversleigh Farthing Gillingworth Hollowell Inglebrook Jessamine
        Kettlewell Larkspur Merriweather Nettleship Oakenshaw Pennyfeather Quillfeather Ravensdale Summerhayes
        Thistlewood Underhay Venables Wetherby Yarborough"""
    ),
    "zh": _pairs(
        """王 wang|李 li|张 zhang|刘 liu|陈 chen|杨 yang|赵 zhao|黄 huang|周 zhou|吴 wu|徐 xu|孙 sun|马 ma|朱 zhu|胡 hu|
        郭 guo|何 he|林 lin|欧阳 ouyang|司徒 situ"""
    ),
}
PLACES: dict[str, tuple[tuple[str, str, str, float], ...]] = {
    "en": (
        ("GB", "Leeds", "LS1 0AA", 0.16),
        ("GB", "Bristol", "BS1 0AA", 0.14),
        ("GB", "Norwich", "NR1 0AA", 0.10),
        ("US", "Boston", "02108", 0.14),
        ("US", "Hartford", "06103", 0.10),
        ("US", "Newark", "07102", 0.10),
        ("NA", "Windhoek", "10005", 0.07),
        ("NA", "Swakopmund", "13001", 0.05),
        ("SG", "Singapore", "018956", 0.14),
    ),
    "zh": (
        ("CN", "上海", "200000", 0.24),
        ("CN", "成都", "610000", 0.18),
        ("CN", "广州", "510000", 0.16),
        ("CN", "石家庄", "050000", 0.12),
        ("CN", "太原", "030000", 0.10),
        ("CN", "呼和浩特", "010000", 0.08),
        ("SG", "新加坡", "018956", 0.12),
    ),
}
"""Country (NA is Namibia), city, postcode and share, for each language."""

STREETS = {
    "en": ("Larch Lane", "Weaver Street", "Old Mill Road", "Harbour View", "Quince Close", "Juniper Avenue"),
    "zh": ("星河路", "桂花街", "柳荫巷", "云帆大道", "青石路", "晨曦街"),
}


def full_name(first: Named, last: Named, language: str) -> str:
    """Return a name as its owner writes it."""
    return f"{last[0]}{first[0]}" if language == "zh" else f"{first[0]} {last[0]}"


def chinese_street(street: str, house: int, random: np.random.Generator) -> str:
    """Return a Chinese address down to the door."""
    return (
        f"{street}{house}号{int(random.integers(1, 20))}栋{int(random.integers(1, 30))}0{int(random.integers(1, 8))}室"
    )
