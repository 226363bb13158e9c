"""Columns as CRM, shop and help desk name and fill them, invented, with what a careful analyst says each is."""

from collections.abc import Callable

import numpy as np

N = 400
Values = Callable[[np.random.Generator], list[str]]


def pick(*values: str, rare: str = "") -> Values:
    """Draw from a few values, the earlier the more often; `rare` is a value in a few rows."""
    shares = 1 / np.arange(1, len(values) + 1) ** 0.5

    def draw(random: np.random.Generator) -> list[str]:
        found = random.choice(values, N, p=shares / shares.sum()).tolist()
        return [rare if rare and random.random() < 0.03 else value for value in found]

    return draw


def whole(low: int, high: int, form: str = "{}") -> Values:
    """Draw whole numbers, low ones more often."""
    return lambda random: [
        form.format(int(value)) for value in np.floor(low + (high + 1 - low) * random.beta(1.2, 2.5, N))
    ]


def real(low: float, high: float, form: str = "{:.2f}") -> Values:
    """Draw numbers with decimals."""
    return lambda random: [form.format(value) for value in random.uniform(low, high, N)]


def each(form: str, start: int = 1000, step: int = 7) -> Values:
    """Number the rows: no value comes twice."""
    return lambda random: [form.format(start + step * int(n)) for n in random.permutation(N)]


def day(form: str = "%Y-%m-%d", start: str = "2019-01-01", days: int = 2000) -> Values:
    """Draw dates."""
    return lambda random: [
        str((np.datetime64(start) + int(n)).item().strftime(form)) for n in random.integers(0, days, N)
    ]


def blank(share: float, values: Values) -> Values:
    """Leave a share of the cells empty."""
    return lambda random: ["" if random.random() < share else value for value in values(random)]


def talk(*parts: str) -> Values:
    """Write sentences of three parts."""
    return lambda random: [" ".join(random.choice(parts, 3).tolist()) + f" {random.integers(999)}" for _ in range(N)]


def joined(*parts: Values, by: str = " ") -> Values:
    """Join several draws into one text."""
    return lambda random: [by.join(cells) for cells in zip(*(part(random) for part in parts), strict=True)]


FIRST = pick("Anna", "Jonas", "Marie", "Luca", "Sofia", "Tom", "Elena", "Noah", "Mia", "Paul", "Ines", "Omar", "Yuki")
LAST = pick("Keller", "Rossi", "Martin", "Silva", "Novak", "Berg", "Okafor", "Lindt", "Moreau", "Santos", "Weiss")
SAID = talk(
    "The parcel came late", "and nobody answered my mail.", "I love the new colours,", "but the zip broke", "again.",
    "Please call me back", "because the invoice is wrong.", "Great service as always",
)  # fmt: skip
SAGTE = talk("Die Lieferung kam zu spät", "und niemand hat geantwortet.", "Sehr schöne Farben,", "aber zu klein.")
DIT = talk("Livraison trop lente", "mais le produit est beau.", "Le service ne répond pas", "je suis très contente.")
ZH = talk("送货很快", "味道不错，下次还会再来", "客服态度一般", "包装有点破损", "价格有点贵但是质量好")

Column = tuple[str, Values, str, str]

TABLES: dict[str, list[Column]] = {
    "crm": [
        ("Contact ID", each("003A{:07d}"), "id", "none"),
        ("First Name", FIRST, "name", "none"),
        ("Last Name", LAST, "name", "none"),
        ("Salutation", pick("Mr", "Ms", "Dr"), "category", "demographic"),
        ("Job Title", pick("Buyer", "Head of IT", "CEO", "Assistant", "Engineer"), "category", "demographic"),
        ("Company Size", pick("1-10", "11-50", "51-200", "201-1000"), "category", "demographic"),
        ("Industry", pick("Retail", "Health", "Energy", "Banking"), "category", "demographic"),
        ("Annual Revenue", whole(10, 900, "${},000"), "money", "demographic|behavioural"),
        ("Lead Source", pick("Web", "Referral", "Trade show", "Cold call"), "category", "behavioural"),
        ("Mailing Street", joined(LAST, each("Street {}")), "ignore", "none"),
        ("Mailing City", pick("Leeds", "York", "Hull", "Bath"), "place", "geographic"),
        ("Mobile", each("+44 7700 {:06d}", 100000, 37), "ignore", "none"),
        ("Email Opt Out", pick("0", "1"), "suppression", "none"),
        ("Do Not Call", pick("false", "true"), "suppression", "none"),
        ("Last Activity", day("%d/%m/%Y"), "date", "behavioural"),
        ("Account Owner", pick("Sam Hill", "Joan Price", "Kim West"), "category|ignore|name", "none|behavioural"),
        ("NPS", whole(0, 10), "number", "psychographic"),
        ("Lifecycle Stage", pick("lead", "customer", "evangelist"), "category", "behavioural"),
    ],
    "shop": [
        ("customer id", each("{}"), "id", "none"),
        ("accepts_marketing", pick("yes", "no"), "consent", "none"),
        ("total_spent", real(5, 900), "money", "behavioural"),
        ("orders_count", whole(1, 40), "count", "behavioural"),
        ("avg basket value", real(9, 90, "€{:.2f}"), "money", "behavioural"),
        ("province_code", pick("ON", "QC", "BC"), "place", "geographic"),
        ("zip", each("{:05d}", 1000, 217), "place", "geographic"),
        ("country_code", pick("CA", "US", "FR"), "place", "geographic"),
        ("first_order_date", day(), "date", "behavioural"),
        ("tags", pick("vip", "wholesale", "student", "staff"), "category", "behavioural|psychographic|none"),
        ("device", pick("mobile", "desktop", "tablet"), "category", "behavioural"),
        ("coupon_used", pick("Y", "N"), "yes/no", "behavioural"),
        ("return_rate", real(0, 0.6, "{:.3f}"), "number", "behavioural"),
        ("loyalty_points", whole(0, 9000), "count|number", "behavioural"),
        ("loyalty_tier", pick("bronze", "silver", "gold"), "category", "behavioural"),
        ("favourite_brand", pick("Nordlicht", "Acme", "Zeta"), "category", "behavioural|psychographic"),
        ("cart_abandonments", whole(0, 12), "count", "behavioural"),
        ("days_since_last_purchase", whole(0, 700), "number|count", "behavioural"),
        ("utm_source", pick("google", "newsletter", "instagram"), "category", "behavioural"),
        ("currency", pick("EUR", "USD", "GBP"), "category", "geographic|behavioural|none"),
        ("shoe_size", whole(36, 46), "number", "demographic|behavioural|none"),
    ],
    "help desk": [
        ("ticket_id", each("#{}"), "id|ignore", "none"),
        ("requester_id", lambda random: [f"R{n}" for n in random.integers(0, 150, N)], "id", "none"),
        ("subject", talk("Refund", "Late parcel", "Wrong size", "Login", "Broken zip"), "text", "psychographic"),
        ("description", SAID, "text", "psychographic"),
        ("priority", pick("low", "normal", "high", "urgent"), "category", "behavioural|psychographic"),
        ("status", pick("open", "pending", "solved"), "category", "behavioural"),
        ("channel", pick("email", "chat", "phone"), "category", "behavioural"),
        ("csat", pick("5", "4", "3", "2", "1"), "number", "psychographic"),
        ("first_response_minutes", whole(1, 900), "number", "behavioural"),
        ("reopens", pick("0", "1", "2", "3"), "count|number", "behavioural"),
        ("assignee", pick("kim", "joan", "sam", "li"), "category|ignore", "none|behavioural"),
        ("created_at", day("%Y-%m-%dT00:00:00Z"), "date", "behavioural"),
        ("sentiment", pick("positive", "neutral", "negative"), "category", "psychographic"),
        ("language", pick("en", "de", "fr"), "category", "demographic|geographic"),
        ("is_escalated", pick("False", "True"), "yes/no", "behavioural"),
        ("duration", lambda random: [f"{n // 60}:{n % 60:02d}:00" for n in random.integers(5, 500, N)],
         "number|category|ignore", "behavioural|none"),
    ],
    "german": [
        ("Kundennummer", each("{:08d}"), "id", "none"),
        ("Anrede", pick("Herr", "Frau"), "category", "demographic"),
        ("Nachname", LAST, "name", "none"),
        ("Geburtsdatum", day("%d.%m.%Y", "1950-01-01", 18000), "date", "demographic"),
        ("PLZ", each("{:05d}", 1067, 211), "place", "geographic"),
        ("Ort", pick("Bonn", "Köln", "Jena"), "place", "geographic"),
        ("Familienstand", pick("ledig", "verheiratet", "geschieden"), "category", "demographic"),
        ("Nettoumsatz", real(5, 4000, "{:.2f} €"), "money", "behavioural"),
        ("Anzahl Bestellungen", whole(0, 30), "count", "behavioural"),
        ("Letzte Bestellung", day("%d.%m.%Y"), "date", "behavioural"),
        ("Zahlungsart", pick("Rechnung", "Karte", "Vorkasse"), "category", "behavioural"),
        ("Newsletter Einwilligung", pick("ja", "nein"), "consent", "none"),
        ("abgemeldet", pick("N", "J"), "suppression", "none"),
        ("Werbesperre", pick("nein", "ja"), "suppression", "none"),
        ("Zufriedenheit", whole(1, 5), "number", "psychographic"),
        ("Bemerkung", SAGTE, "text", "psychographic"),
        ("Telefon", each("0228 {:07d}", 1000000, 341), "ignore", "none"),
        ("Kinder", pick("0", "1", "2", "3"), "count|number", "demographic"),
        ("Rabatt %", whole(0, 40, "{} %"), "number", "behavioural"),
        ("Stammkunde", pick("J", "N"), "yes/no", "behavioural"),
    ],
    "french": [
        ("id_client", each("CL{:06d}"), "id", "none"),
        ("prénom", FIRST, "name", "none"),
        ("âge", whole(18, 85), "number", "demographic"),
        ("sexe", pick("F", "H"), "category", "demographic"),
        ("ville", pick("Lyon", "Lille", "Nantes"), "place", "geographic"),
        ("code_postal", each("{:05d}", 1000, 233), "place", "geographic"),
        ("montant_total", real(5, 900), "money", "behavioural"),
        ("nb_commandes", whole(0, 25), "count", "behavioural"),
        ("date_inscription", day("%d/%m/%Y"), "date", "behavioural"),
        ("commentaire", DIT, "text", "psychographic"),
        ("désabonné", pick("non", "oui"), "suppression", "none"),
        ("carte_fidélité", pick("oui", "non"), "yes/no", "behavioural"),
        ("note", pick("5", "4", "3", "2", "1"), "number", "psychographic"),
    ],
    "spanish, italian, portuguese": [
        ("id_cliente", each("{}"), "id", "none"),
        ("apellido", LAST, "name", "none"),
        ("edad", whole(18, 85), "number", "demographic"),
        ("género", pick("hombre", "mujer"), "category", "demographic"),
        ("estado civil", pick("soltero", "casado", "viudo"), "category", "demographic"),
        ("ciudad", pick("Sevilla", "Vigo", "Ávila"), "place", "geographic"),
        ("importe gastado", real(5, 900), "money", "behavioural"),
        ("fecha de alta", day("%d/%m/%Y"), "date", "behavioural"),
        ("regione", pick("Lazio", "Puglia", "Veneto"), "place", "geographic"),
        ("numero ordini", whole(0, 20), "count", "behavioural"),
        ("valutazione", whole(1, 5), "number", "psychographic"),
        ("titolo di studio", pick("laurea", "diploma", "licenza media"), "category", "demographic"),
        ("profissão", pick("médico", "professor", "motorista"), "category", "demographic"),
        ("renda mensal", whole(900, 9000), "money", "demographic"),
        ("CPF", each("{:03d}.123.456-09", 100, 2), "ignore", "none"),
    ],
    "chinese": [
        ("会员编号", each("M{:06d}"), "id", "none"),
        ("姓名", pick("王小明", "李娜", "张伟", "刘洋", "陈静", "杨帆", "赵敏", "黄磊"), "name", "none"),
        ("性别", pick("女", "男"), "category", "demographic"),
        ("年龄段", pick("18-24岁", "25-34岁", "35-44岁", "45岁以上"), "category", "demographic"),
        ("城市", pick("上海", "成都", "西安"), "place", "geographic"),
        ("省份", pick("四川", "陕西", "浙江"), "place", "geographic"),
        ("手机号", each("138{:08d}", 10000000, 977), "ignore", "none"),
        ("注册日期", day("%Y/%m/%d"), "date", "behavioural"),
        ("消费金额", real(9, 3000, "¥{:.2f}"), "money", "behavioural"),
        ("订单数", whole(1, 30), "count", "behavioural"),
        ("会员等级", pick("普通", "银卡", "金卡"), "category", "behavioural"),
        ("是否退订", pick("否", "是"), "suppression", "none"),
        ("是否有孩子", pick("是", "否"), "yes/no", "demographic"),
        ("评价内容", ZH, "text", "psychographic"),
        ("满意度", whole(1, 5), "number", "psychographic"),
        ("黑名单", pick("否", "是"), "suppression", "none"),
        ("支付方式", pick("微信", "支付宝", "现金"), "category", "behavioural"),
    ],
    "telecom": [
        ("account_number", each("{}", 70000), "id", "none"),
        ("SeniorCitizen", pick("0", "1"), "yes/no", "demographic"),
        ("Partner", pick("No", "Yes"), "yes/no", "demographic"),
        ("MonthlyCharges", real(18, 120), "money", "behavioural"),
        ("contract_type", pick("month-to-month", "one year", "two year"), "category", "behavioural"),
        ("tenure_months", whole(0, 72), "number|count", "behavioural"),
        ("data_usage_gb", real(0, 80), "number", "behavioural"),
        ("support_calls", whole(0, 9), "count", "behavioural"),
        ("roaming", pick("no", "yes"), "yes/no", "behavioural"),
        ("PaymentMethod", pick("card", "debit", "cheque"), "category", "behavioural"),
        ("lat", real(47, 54, "{:.5f}"), "number|place", "geographic"),
        ("lon", real(6, 14, "{:.5f}"), "number|place", "geographic"),
        ("urban_rural", pick("urban", "rural", "suburban"), "category|place", "geographic"),
    ],
    "survey": [
        ("respondent", each("resp-{}"), "id", "none"),
        ("gender (1=male, 2=female)", pick("1", "2"), "category", "demographic"),
        ("age_group", pick("18-24", "25-34", "35-44", "45-54", "55+"), "category", "demographic"),
        ("education_level", pick("low", "medium", "high"), "category", "demographic"),
        ("household_income_band", pick("<20k", "20-40k", "40-60k", ">60k"), "category", "demographic"),
        ("household_size", pick("1", "2", "3", "4", "5"), "count|number", "demographic"),
        ("Q1 I like to try new brands", whole(1, 5), "number", "psychographic"),
        ("price_sensitivity", real(0, 1, "{:.3f}"), "number", "psychographic"),
        ("values_sustainability", pick("agree", "neutral", "disagree"), "category", "psychographic"),
        ("hobbies", pick("sport", "music", "travel", "games"), "category", "psychographic"),
        ("What could we do better?", blank(0.3, SAID), "text", "psychographic"),
        ("likelihood to recommend", whole(0, 10), "number", "psychographic"),
        ("region", pick("north", "south", "east", "west"), "place", "geographic"),
        ("timezone", pick("Europe/Rome", "Europe/Paris", "Asia/Tokyo"), "category|place", "geographic"),
        ("birth_month", pick("January", "March", "July", "October"), "category", "demographic"),
        ("employment_status", pick("employed", "student", "retired"), "category", "demographic"),
    ],
    "mailing": [
        ("subscriber key", each("sub{}"), "id", "none"),
        ("email_address", each("p{}@example.org"), "ignore", "none"),
        ("full_name", joined(FIRST, LAST), "name", "none"),
        ("unsubscribed", blank(0.8, day()), "suppression", "none"),
        ("bounced", pick("no", "yes"), "suppression", "none"),
        ("gdpr_consent", pick("granted", "withdrawn"), "consent", "none"),
        ("sms_opt_in", pick("true", "false"), "consent", "none"),
        ("open_rate", whole(0, 99, "{}%"), "number", "behavioural"),
        ("click_rate", real(0, 1, "{:.4f}"), "number", "behavioural"),
        ("preferred_send_time", pick("morning", "noon", "evening"), "category", "behavioural|psychographic"),
        ("list_status", pick("active", "cleaned", "lapsed"), "category", "behavioural"),
        ("interests", pick("garden", "kitchen", "sport"), "category", "psychographic"),
        ("iban", each("DE89 3704 0044 0532 0{:06d}"), "ignore", "none"),
        ("signup_ip", each("10.0.{}.7", 1, 1), "ignore", "none"),
        ("campaigns_received", whole(0, 60), "count", "behavioural"),
        ("store_nearest", pick("Leeds 1", "York", "Bath 2"), "place|category", "geographic|behavioural"),
    ],
}  # fmt: skip


def made(columns: list[Column], seed: int) -> dict[str, list[str | None]]:
    """Fill a table's columns."""
    random = np.random.default_rng(seed)
    return {name: [value or None for value in values(random)] for name, values, _, _ in columns}
