"""Bytes become the right letters, whoever wrote them."""

import pytest

from segment_core.errors import DataError
from segment_core.intake import ReadingOptions, read

FRENCH = "prénom,ville,avis\nHélène,Orléans,Très bon café à côté\nFrançois,Nîmes,Déçu du goût\n"
GERMAN = "Straße;Größe\nMünchner Straße 5;groß\nÖlmühle;klein\n"
POLISH = "imię,miasto\nŁukasz,Łódź\nŻaneta,Kraków\nMałgorzata,Gdańsk\n"
RUSSIAN = "имя,город\nАнна,Москва\nПётр,Санкт-Петербург\nОльга,Новосибирск\n"
GREEK = "όνομα,πόλη\nΕλένη,Αθήνα\nΓιώργος,Θεσσαλονίκη\n"
CHINESE = "姓名,城市,评价\n王小明,北京,味道很好，下次还来\n李华,上海,送餐太慢了\n张伟,广州,服务态度不错\n"
TAIWANESE = "姓名,城市,評價\n王小明,臺北,味道很好，下次還會再來\n李華,高雄,送餐太慢了\n"
JAPANESE = "名前,都市,感想\n田中,東京,とても美味しかったです\n鈴木,大阪,配達が遅いです\n"
KOREAN = "이름,도시,후기\n김민수,서울,정말 맛있어요\n이영희,부산,배달이 늦었어요\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (GREEK, "cp1253"),
        (CHINESE, "gb18030"),
        (TAIWANESE, "big5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "euc_kr"),
    ],
)
def test_old_encodings_are_told_apart(text: str, encoding: str) -> None:
    table = read(text.encode(encoding), "a.csv")
    assert table.dialect.encoding == encoding
    assert ",".join(table.frame.iloc[0]).replace(",", "") in text.replace(",", "").replace(";", "")
    assert any(note.code == "encoding-guessed" for note in table.notes)


@pytest.mark.parametrize("text", [FRENCH, CHINESE, "a,b\n1,2\n3,4\n"], ids=["french", "chinese", "ascii"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_a_mark(text: str, encoding: str) -> None:
    table = read(text.encode(encoding), "a.csv")
    assert table.frame.columns.tolist() == text.splitlines()[0].split(",")
    assert table.frame.iloc[-1].tolist() == text.splitlines()[-1].split(",")


def test_one_accent_in_a_long_file() -> None:
    data = b"name,n\n" + b"Smith,1\n" * 50_000 + "Hélène,2\n".encode("cp1252")
    table = read(data, "a.csv")
    assert table.frame["name"].iloc[-1] == "Hélène"


def test_a_few_broken_bytes_do_not_spoil_a_utf_8_file() -> None:
    data = CHINESE.encode() * 20 + b"\xff\xfe broken,x,y\n"
    table = read(data, "a.csv")
    assert table.dialect.encoding in ("utf-8", "gb18030")
    assert table.frame.iloc[0].tolist() == ["王小明", "北京", "味道很好，下次还来"]


def test_an_encoding_can_be_chosen() -> None:
    table = read(FRENCH.encode("mac-roman"), "a.csv", ReadingOptions(encoding="mac-roman"))
    assert table.frame["prénom"].iloc[0] == "Hélène"
    with pytest.raises(DataError, match="cannot be read as utf-8"):
        read(FRENCH.encode("cp1252"), "a.csv", ReadingOptions(encoding="utf-8"))


def test_emoji_and_right_to_left_text_survive() -> None:
    text = "name,note\nAnna,great 👍🏽\nמשה,שלום עולם\n"
    assert read(text.encode(), "a.csv").frame["note"].tolist() == ["great 👍🏽", "שלום עולם"]


def test_broken_bytes_can_be_looked_up() -> None:
    lines = ["name,city", *[f"Café {number},Orléans" for number in range(30)]]
    data = bytearray("\n".join(lines).encode())
    data[data.index("Café 7".encode()) + 4] = 0x41  # the second byte of an é
    table = read(bytes(data), "a.csv")
    note = next(note for note in table.notes if note.code == "broken-bytes")
    assert (note.count, note.places) == (1, ((8, "Caf�A 7"),))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le", "gb18030"])
def test_a_mark_letters_and_nul_characters_across_blocks(encoding: str) -> None:
    rows = [f"{number},é\0{'中' if encoding != 'cp1252' else 'ö'}ü" for number in range(120_000)]
    data = "\n".join(["id,name", *rows]).encode(encoding)
    table = read(data, "a.csv", ReadingOptions(encoding=encoding))
    assert table.frame["name"].unique().tolist() == [rows[0][2:].replace("\0", "")]
    assert table.frame["id"].tolist() == [str(number) for number in range(120_000)]
    assert {note.code: note.count for note in table.notes} == {"nul-removed": 120_000}


def test_stray_nul_characters_do_not_make_a_file_utf_16() -> None:
    table = read(b"a,b,c\n\x00,2,3\n", "a.csv")
    assert table.dialect.encoding == "utf-8"
    assert table.frame["b"].tolist() == ["2"]


def test_the_signs_that_only_windows_has() -> None:
    data = "id,note\n1,“5 €” – très cher…\n2,déjà vu\n".encode("cp1252")
    assert read(data, "a.csv").frame["note"].tolist() == ["“5 €” – très cher…", "déjà vu"]
