"""Personal data: invented emails, numbers, ids and addresses, right by their checksums and nobody's own."""

import numpy as np

# Numbers come from ranges kept free for fiction or tests where there are any: Ofcom's drama numbers, 555-01xx,
# example.com, card ranges for testing, TEST-NET addresses, bank codes that no bank has. China keeps none free:
# mobiles have 0000 for a region, and ids belong to people born before 1910.

KINDS_IN_TEXT = {
    "en": ("email", "phone", "iban", "card", "address", "ip", "name"),
    "zh": ("email", "phone", "card", "id", "address", "name"),
}
SENTENCES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "email": (
            "Please answer to {value}.",
            "My other address is {value}.",
            "Write to {value} if anything is missing.",
        ),
        "phone": ("You can reach me on {value}.", "Call {value} in the evening.", "My number is {value}."),
        "iban": ("The refund can go to {value}.", "My account is {value}."),
        "card": ("I paid with card {value}.", "The card was {value}, please check."),
        "address": ("Please deliver to {value} next time.", "I have moved to {value}."),
        "ip": ("Your page said I was blocked, my address is {value}.",),
        "name": ("Kind regards, {value}", "Signed, {value}", "It was ordered by {value}."),
    },
    "zh": {
        "email": ("请回复到{value}。", "我的另一个邮箱是{value}。"),
        "phone": ("我的手机号是{value}，请尽快联系。", "请打{value}。", "电话{value}，微信同号。"),
        "card": ("退款请打到卡号{value}。", "付款的卡是{value}，请核对。"),
        "id": ("身份证号{value}，请核实。", "实名信息：{value}。"),
        "address": ("收货地址改成{value}。", "下次请送到{value}。"),
        "name": ("联系人：{value}。", "我叫{value}，请备注。"),
    },
}


def drama_phone(random: np.random.Generator, country: str) -> str:
    """Return a phone number of Ofcom's or the North American range for fiction, written in one of several ways."""
    if country == "US":
        area = ("617", "860", "201")[int(random.integers(3))]
        number = f"01{int(random.integers(100)):02d}"
        return (f"+1 {area}-555-{number}", f"({area}) 555-{number}", f"{area}-555-{number}")[int(random.integers(3))]
    area = ("020 7946", "0113 496", "0117 496")[int(random.integers(3))]
    number = f"0{int(random.integers(1000)):03d}"
    ways = (f"{area} {number}", f"+44 {area[1:]} {number}", f"{area}{number}".replace(" ", ""))
    return ways[int(random.integers(3))]


def chinese_mobile(random: np.random.Generator, country: str = "CN") -> str:
    """Return a mobile number with a real prefix and no real region."""
    prefix = ("138", "139", "150", "158", "186", "189")[int(random.integers(6))]
    last = f"{int(random.integers(10_000)):04d}"
    return (f"{prefix}0000{last}", f"{prefix} 0000 {last}", f"+86 {prefix}0000{last}")[int(random.integers(3))]


def card(random: np.random.Generator, language: str) -> str:
    """Return a card number with a valid check digit (Luhn), of UnionPay for Chinese texts."""
    start = "620000" if language == "zh" else ("400000", "555555")[int(random.integers(2))]
    digits = start + f"{int(random.integers(10**9)):09d}"
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits)]
    digits += str(-sum(each // 10 + each % 10 for each in doubled) % 10)
    return digits if random.random() < 0.4 else " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def iban(random: np.random.Generator) -> str:
    """Return a British or German account number with valid check digits (ISO 13616)."""
    account = f"{int(random.integers(10**8)):08d}"
    country, rest = (("GB", f"TEST000000{account}"), ("DE", f"0000000000{account}"))[int(random.integers(2))]
    number = "".join(str(int(letter, 36)) for letter in f"{rest}{country}00")
    whole = f"{country}{98 - int(number) % 97:02d}{rest}"
    return whole if random.random() < 0.5 else " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def chinese_id(random: np.random.Generator) -> str:
    """Return a resident's id with a valid check character (ISO 7064, MOD 11-2)."""
    day = np.datetime64("1901-01-01") + int(random.integers(3200))
    digits = ("110101", "310101", "120101")[int(random.integers(3))] + str(day).replace("-", "")
    digits += f"{int(random.integers(1, 1000)):03d}"
    weighted = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(digits))
    return digits + "10X98765432"[weighted % 11]


def ip(random: np.random.Generator) -> str:
    """Return an address of the nets kept free for documentation (RFC 5737)."""
    net = ("192.0.2", "198.51.100", "203.0.113")[int(random.integers(3))]
    return f"{net}.{int(random.integers(1, 255))}"
