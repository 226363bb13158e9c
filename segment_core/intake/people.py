"""People: values that look like the name of a person."""

import re

_LATIN = re.compile(r"[^\W\d_][^\W\d_.'’-]*\.?(?:[ '’.-]{1,2}[^\W\d_]+\.?){0,4}")
_CHINESE = re.compile("[\u4e00-\u9fff·]{2,4}")
_SIGNS = re.compile("[\u4e00-\u9fff·]+")
_FAMILY = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾"
    "夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤苗卓"
)


def looks_like_a_name(text: str) -> bool:
    """Tell whether a text could be a person's name: a few words that start large, or two to four Chinese signs.

    Examples
    --------
    >>> looks_like_a_name("Ana-Maria O'Neil"), looks_like_a_name("Dress 42"), looks_like_a_name("blue dress")
    (True, False, False)
    """
    if len(text) > 60:
        return False
    if _CHINESE.fullmatch(text):
        return True
    return _LATIN.fullmatch(text) is not None and text[0].isupper()


def has_chinese_family_name(text: str) -> bool:
    """Tell whether a text is two to four Chinese signs of which the first is a common family name.

    Examples
    --------
    >>> has_chinese_family_name("王小明"), has_chinese_family_name("白饭/大碗")
    (True, False)
    """
    return _CHINESE.fullmatch(text) is not None and text[0] in _FAMILY


def is_chinese(text: str) -> bool:
    """Tell whether a text is Chinese signs only.

    Examples
    --------
    >>> is_chinese("王"), is_chinese("Wang 王"), is_chinese("")
    (True, False, False)
    """
    return _SIGNS.fullmatch(text) is not None
