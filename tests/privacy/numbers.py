"""Invented numbers whose check digits hold: each rule is written here anew, so that no library checks itself."""

import random


def digits(chance: random.Random, n: int, first: str = "") -> str:
    return first + "".join(str(chance.randrange(10)) for _ in range(n - len(first)))


def luhn_digit(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def card(chance: random.Random, first: str, length: int) -> str:
    body = digits(chance, length - 1, first)
    return body + luhn_digit(body)


def not_a_card(chance: random.Random, first: str, length: int) -> str:
    body = digits(chance, length - 1, first)
    return body + str((int(luhn_digit(body)) + 1 + chance.randrange(9)) % 10)


def grouped(text: str, *sizes: int, by: str = " ") -> str:
    parts, place = [], 0
    for size in sizes:
        parts.append(text[place : place + size])
        place += size
    return by.join([*parts, text[place:]] if text[place:] else parts)


def iban(country: str, account: str) -> str:
    as_digits = "".join(str(int(letter, 36)) for letter in account + country + "00")
    return f"{country}{98 - int(as_digits) % 97:02}{account}"


def date_of(chance: random.Random, first: int = 1950, last: int = 2003) -> tuple[int, int, int]:
    return chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28)


def chinese(chance: random.Random) -> str:
    year, month, day = date_of(chance)
    place = chance.choice(["110105", "310104", "440305", "330106", "510107", "420111"])
    body = f"{place}{year}{month:02}{day:02}{digits(chance, 3)}"
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    check = (12 - sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11) % 11
    return body + ("X" if check == 10 else str(check))


def pesel(chance: random.Random) -> str:
    year, month, day = date_of(chance, 1950, 1999)
    body = f"{year % 100:02}{month:02}{day:02}{digits(chance, 4)}"
    total = sum(int(digit) * weight for digit, weight in zip(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), strict=True))
    return body + str(-total % 10)


def cpf(chance: random.Random) -> str:
    found = digits(chance, 9, str(chance.randint(1, 8)))
    for _ in range(2):
        total = sum(int(digit) * weight for digit, weight in zip(reversed(found), range(2, 12), strict=False))
        found += str((total * 10 % 11) % 10)
    return found


def written_cpf(chance: random.Random) -> str:
    found = cpf(chance)
    return f"{found[:3]}.{found[3:6]}.{found[6:9]}-{found[9:]}"


def cnpj(chance: random.Random) -> str:
    found = digits(chance, 8, str(chance.randint(1, 8))) + "0001"
    for _ in range(2):
        weights = [2 + place % 8 for place in range(len(found))]
        total = sum(int(digit) * weight for digit, weight in zip(reversed(found), weights, strict=True))
        found += str(0 if total % 11 < 2 else 11 - total % 11)
    return f"{found[:2]}.{found[2:5]}.{found[5:8]}/{found[8:12]}-{found[12:]}"


def steuer_id(chance: random.Random) -> str:
    """One digit stands twice among the first ten, one is missing (the rule of 2008), then ISO 7064 mod 11,10."""
    shuffled = chance.sample("0123456789", 10)
    shuffled[shuffled.index(chance.choice(shuffled[1:]), 1)] = shuffled[0]
    if shuffled[0] == "0":
        shuffled = [letter.translate(str.maketrans("01", "10")) for letter in shuffled]
    body = "".join(shuffled)
    product = 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return body + str((11 - product) % 10)


def nir(chance: random.Random) -> str:
    year, month, _ = date_of(chance)
    body = f"{chance.choice('12')}{year % 100:02}{month:02}{chance.randint(1, 89):02}{chance.randint(1, 899):03}"
    body += f"{chance.randint(1, 999):03}"
    return grouped(f"{body}{97 - int(body) % 97:02}", 1, 2, 2, 2, 3, 3, 2)


def dni(chance: random.Random) -> str:
    body = digits(chance, 8, str(chance.randint(1, 7)))
    return body + "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23]


def nie(chance: random.Random) -> str:
    first, body = chance.choice("XYZ"), digits(chance, 7)
    return first + body + "TRWAGMYFPDXBNJZSQVHLCKE"[int(str("XYZ".index(first)) + body) % 23]


def codice_fiscale(chance: random.Random) -> str:
    consonants = "BCDFGLMNPRSTVZ"
    name = "".join(chance.choice(consonants) for _ in range(6))
    year, month, day = date_of(chance, 1950, 1999)
    day += 40 * chance.randrange(2)
    body = f"{name}{year % 100:02}{'ABCDEHLMPRST'[month - 1]}{day:02}H501"
    odd = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
    total = 0
    for place, letter in enumerate(body):
        value = int(letter) if letter.isdigit() else ord(letter) - 65
        total += odd[value] if place % 2 == 0 else value
    return body + chr(65 + total % 26)


def bsn(chance: random.Random) -> str:
    while True:
        body = digits(chance, 8, str(chance.randint(1, 2)))
        check = sum(int(digit) * weight for digit, weight in zip(body, range(9, 1, -1), strict=True)) % 11
        if check < 10:
            return body + str(check)


def aadhaar(chance: random.Random) -> str:
    times, turns = _dihedral()
    body = digits(chance, 11, str(chance.randint(2, 9)))
    check = 0
    for place, digit in enumerate(reversed(body), start=1):
        check = times[check][turns[place % 8][int(digit)]]
    return grouped(body + str(times[check].index(0)), 4, 4, 4)


def pan(chance: random.Random) -> str:
    letters = "".join(chance.choice("ABCDEFGHJKLMNRSTV") for _ in range(3))
    return f"{letters}P{chance.choice('ABGKMRS')}{chance.randint(1, 9999):04}{chance.choice('ABCDEFGHJK')}"


def personnummer(chance: random.Random) -> str:
    year, month, day = date_of(chance, 1950, 1999)
    body = f"{year % 100:02}{month:02}{day:02}{digits(chance, 3)}"
    return f"{body[:6]}-{body[6:]}{luhn_digit(body)}"


def ssn(chance: random.Random) -> str:
    area = chance.choice([number for number in range(100, 899) if number not in (666, 219, 457, 987, 123)])
    return f"{area}-{chance.randint(11, 99)}-{chance.randint(1001, 9999)}"


def nhs(chance: random.Random) -> str:
    while True:
        body = digits(chance, 9, "9")
        check = 11 - sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return grouped(body + str(check % 11), 3, 3, 4)


def nino(chance: random.Random) -> str:
    letters = chance.choice(["AB", "CE", "JK", "PR", "WM", "YZ"])
    return f"{letters} {grouped(digits(chance, 6), 2, 2, 2)} {chance.choice('ABCD')}"


def finnish(chance: random.Random) -> str:
    year, month, day = date_of(chance, 1950, 1999)
    body = f"{day:02}{month:02}{year % 100:02}"
    own = f"{chance.randint(2, 899):03}"
    return f"{body}-{own}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(body + own) % 31]}"


def _dihedral() -> tuple[list[list[int]], list[list[int]]]:
    """Return the multiplication table of the dihedral group D5 and Verhoeff's permutations."""

    def times(a: int, b: int) -> int:
        if a < 5:
            return (a + b) % 5 if b < 5 else 5 + (a + b - 5) % 5
        return 5 + (a - 5 - b) % 5 if b < 5 else (a - b) % 5

    first = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    turns = [list(range(10)), first]
    for _ in range(6):
        turns.append([first[digit] for digit in turns[-1]])
    return [[times(a, b) for b in range(10)] for a in range(10)], turns
