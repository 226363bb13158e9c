"""Planted personal data in the sentences that reviews, tickets and notes of sales people hold; all of it invented."""

import random
from dataclasses import dataclass

from tests.privacy import numbers as made


@dataclass(frozen=True)
class Planted:
    """A text with something to find in it: `value` stands in `text` once."""

    country: str
    kind: str
    value: str
    text: str


NAMES = [
    "Anna Kowalska", "KOWALCZYK, Marek", "Jürgen Großmann", "Sabine Öztürk", "Élodie Lefèvre", "Jean-Luc Moreau",
    "Siobhán O'Rourke", "Priya Raghunathan", "苗宇怡", "欧阳晓东", "Marta Giordano", "João Figueiredo",
    "Ingrid Sjöström", "Pieter van der Heijden", "Guadalupe Ibarra", "Will Turnbull", "Mark Stonebridge",
    "Rose Ellington", "April May", "Grace Hopewell", "Bill Cashman", "Hope Rich", "Jack Frost", "Young Park",
    "Peter Koch", "Klara Sommer", "Lily White", "Summer Day", "赵敏", "高兴",
]  # fmt: skip
"""A column marked as name, with names that are ordinary words among them."""

# "{}" is where the value stands.
_SENTENCES: dict[str, dict[str, list[str]]] = {
    "US": {
        "EMAIL": ["Refund still missing, contact me at {} please.", "cust asked to use {} from now on, old one bounces",
                  "You can reach me: {}."],
        "PHONE": ["Please call me back at {} after 5pm.", "VM left on {} - no answer, try again Tues",
                  "My number is {}, ask for the manager.", "Text {} when the table is ready"],
        "CARD": ["You charged my card {} twice!", "customer read out {} exp 04/27 over the phone"],
        "ID": ["They wanted my SSN ({}) just to open a store card.", "social security number {} on file is wrong"],
        "IP": ["Login from {} was not me.", "blocked checkout, ip {} flagged by fraud tool"],
        "ADDRESS": ["Never delivered to {}, the driver left it next door.", "ship replacement to {} asap"],
    },
    "UK": {
        "EMAIL": ["Emailed {} twice, no reply.", "My e-mail is {} if you need a photo of the fault."],
        "PHONE": ["Ring me on {} before you deliver.", "Mobile {}, husband will answer.", "Tel: {} (evenings only)"],
        "IBAN": ["Please pay the refund to {} as agreed.", "IBAN {} for the return"],
        "ID": ["My NI number is {} and you printed it on the letter.", "NHS no. {} given for the prescription order"],
        "ADDRESS": ["The parcel went to {} instead of ours.", "we moved to {} in March, please update"],
    },
    "DE": {
        "EMAIL": ["Bitte antworten Sie an {} und nicht telefonisch.", "Rechnung ging nie an {} raus."],
        "PHONE": ["Rufen Sie mich unter {} zurück.", "Kunde bittet um Rückruf: {}", "Tel. {}, ab 18 Uhr erreichbar",
                  "Meine Handynummer lautet {} und ich warte."],
        "IBAN": ["Erstattung bitte auf {} überweisen.", "neue Bankverbindung {} ab Mai"],
        "ID": ["Warum brauchen Sie meine Steuer-ID {}?", "Steueridentifikationsnummer {} liegt vor"],
        "CARD": ["Die Karte {} wurde nicht akzeptiert."],
        "ADDRESS": ["Das Paket kam nie in der {} an.", "Lieferung bitte an {} statt an die Filiale"],
    },
    "FR": {
        "EMAIL": ["Écrivez-moi à {} s'il vous plaît.", "Le client souhaite être contacté sur {} uniquement."],
        "PHONE": ["Rappelez-moi au {} avant midi.", "Mon portable : {}, merci.", "Client injoignable au {} ce matin"],
        "IBAN": ["Merci de rembourser sur {} rapidement.", "RIB reçu : {}"],
        "ID": ["Mon numéro de sécurité sociale {} apparaît sur la facture !", "dossier avec NIR {} à supprimer"],
        "ADDRESS": ["Le colis n'est jamais arrivé au {}.", "Nouvelle adresse : {}"],
    },
    "ES": {
        "EMAIL": ["Escríbame a {} por favor.", "El cliente usa ahora {} y no el anterior."],
        "PHONE": ["Llámame al {} cuando salga el pedido.", "Mi móvil es {}, gracias.", "teléfono {} no contesta"],
        "IBAN": ["Ingresen el dinero en {} cuanto antes.", "cuenta {} confirmada por el cliente"],
        "ID": ["Me pidieron el DNI {} para cambiar unos zapatos.", "Soy {} y nadie me atiende.", "NIE {} en la ficha"],
        "ADDRESS": ["Nunca llegó a {} y pagué envío urgente.", "enviar a {} la próxima vez"],
    },
    "IT": {
        "EMAIL": ["Scrivetemi a {} per favore.", "il cliente ha dato {} come contatto"],
        "PHONE": ["Chiamatemi al {} dopo le 18.", "Il mio cellulare è {} grazie.", "tel. {} non risponde"],
        "IBAN": ["Rimborso su {} non ancora arrivato.", "coordinate {} da usare per il reso"],
        "ID": ["Il mio codice fiscale è {} e la fattura è sbagliata.", "fattura intestata a {} non ricevuta"],
        "ADDRESS": ["Il pacco non è mai arrivato in {}.", "consegnare in {} al secondo piano"],
    },
    "BR": {
        "EMAIL": ["Meu e-mail é {} e ninguém responde.", "cliente pediu para usar {} no cadastro"],
        "PHONE": ["Me liguem no {} por favor.", "Meu WhatsApp é {}, aguardo.", "telefone {} não atende"],
        "ID": ["Meu CPF é {} e o cadastro está errado.", "nota emitida para {} com valor trocado",
               "empresa CNPJ {} pediu segunda via"],
        "CARD": ["O cartão {} foi cobrado duas vezes."],
        "ADDRESS": ["O produto não chegou na {} até hoje.", "entregar na {} depois das 14h"],
    },
    "PL": {
        "EMAIL": ["Proszę pisać na {} w tej sprawie.", "klient podał {} do kontaktu"],
        "PHONE": ["Proszę dzwonić pod {} po 16.", "Mój telefon to {}, czekam.", "kom. {} nie odbiera"],
        "IBAN": ["Zwrot proszę przelać na {} jak najszybciej."],
        "ID": ["Po co wam mój PESEL {} do zwrotu butów?", "PESEL {} na umowie jest błędny"],
        "ADDRESS": ["Paczka nie dotarła na {} mimo zapłaty.", "wysłać na {} bo stary adres nieaktualny"],
    },
    "NL": {
        "EMAIL": ["Mail mij op {} als het binnen is.", "klant wil bericht op {} krijgen"],
        "PHONE": ["Bel mij op {} na zes uur.", "Mijn nummer is {} en ik wacht nog.", "mobiel {} staat in het dossier"],
        "IBAN": ["Graag terugstorten op {} deze week.", "nieuw rekeningnummer {} doorgegeven"],
        "ID": ["Waarom staat mijn BSN {} op de factuur?", "burgerservicenummer {} graag verwijderen"],
        "ADDRESS": ["Het pakket is nooit aangekomen op de {} hier.", "bezorgen op {} graag"],
    },
    "IN": {
        "EMAIL": ["Kindly reply to {} at the earliest.", "pls send invoice to {} only"],
        "PHONE": ["Kindly call me on {} regarding my refund.", "my mobile no is {} pls do the needful",
                  "whatsapp {} for return pickup"],
        "ID": ["Why does the app need my Aadhaar {} to sell shirts?", "PAN {} was typed wrongly on the GST bill",
               "KYC pending for {} since last week"],
        "CARD": ["Money was debited from {} but no order placed."],
    },
    "SE": {
        "EMAIL": ["Svara gärna till {} så fort ni kan.", "kunden vill ha kvitto till {} i stället"],
        "PHONE": ["Ring mig på {} efter fem.", "Mitt mobilnummer är {} och jag väntar."],
        "IBAN": ["Återbetala till {} tack."],
        "ID": ["Varför syns mitt personnummer {} på paketet?", "kund {} vill säga upp sitt konto"],
        "ADDRESS": ["Paketet kom aldrig till {} som utlovat.", "skicka till {} nästa gång"],
    },
    "CN": {
        "EMAIL": ["请把发票发到{}，谢谢。", "客户邮箱{}无法收信", "我的邮箱是 {} 请尽快回复"],
        "PHONE": ["有问题请打我电话{}。", "收货人手机{}，放门口就行", "打了{}没人接，差评！", "加我微信{}退差价"],
        "CARD": ["退款请退到银行卡{}，等了两周了", "卡号{}扣了两次钱"],
        "ID": ["为什么要我的身份证号{}才能退货？", "实名认证{}一直失败", "会员证件{}登记错误"],
        "IP": ["登录地址{}不是我本人操作", "后台显示 {} 异常下单"],
        "ADDRESS": ["送错地方了，我家在{}，不是隔壁小区", "麻烦改地址到{}，谢谢", "快递放到了{}门口"],
    },
    "FI": {"ID": ["Miksi henkilötunnus {} lukee kuitissa?", "asiakas {} haluaa perua"]},
}  # fmt: skip

_ADDRESSES = {
    "US": ["1482 Maple Ridge Drive, Apt 4B", "77 West 45th Street", "3200 Old Mill Rd", "915 N. Lakeview Blvd., Suite 210"],  # noqa: E501
    "UK": ["14 Hollow Lane", "Flat 3, 27 Station Road", "8a St. Mary's Close", "112 Great Western Avenue"],
    "DE": ["Lindenstraße 14", "Am Alten Markt 7a", "Goethestr. 112", "Karl-Marx-Allee 3"],
    "FR": ["12 bis rue des Lilas", "45, avenue de la République", "3 impasse du Moulin", "118 bd Victor Hugo"],
    "ES": ["Calle de los Olivos 24", "C/ Mayor, 15, 3º B", "Avenida de la Paz 102", "Plaza del Carmen, 6"],
    "IT": ["Via dei Mille 18", "Corso Garibaldi, 112", "Piazza San Marco 4", "viale della Libertà 33/B"],
    "BR": ["Rua das Acácias, 250", "Avenida Brasil, 1800, apto 42", "Travessa do Sol, nº 17", "Alameda Santos 98"],
    "PL": ["ul. Lipowa 12/5", "al. Niepodległości 44 m. 3", "os. Piastów 7", "ul. Jana Pawła II 101"],
    "NL": ["Kerkstraat 45", "Prinsengracht 263-II", "Van der Helstlaan 8", "Stationsplein 12a"],
    "SE": ["Storgatan 14", "Björkvägen 3B", "Västra Hamngatan 21", "Kungstorget 2"],
    "CN": ["北京市朝阳区建国路88号", "上海市徐汇区漕溪北路333弄5号楼1202室", "广东省深圳市南山区科技园南路6号", "中山路127号3单元501"],  # noqa: E501
}  # fmt: skip
_PHONES = {
    "US": ["(415) 555-0132", "212-555-0187", "+1 303 555 0119", "650.555.0176", "1-800-555-0199", "4155550142"],
    "UK": ["020 7946 0958", "07700 900461", "+44 1632 960 983", "01632 960123", "07700900812", "(0115) 496 0771"],
    "DE": ["030 23125 418", "0171 3920 017", "+49 89 99998 213", "089/99998-117", "01713920055", "(0)30 23125-777"],
    "FR": [
        "01 99 00 12 34",
        "06 39 98 45 67",
        "+33 2 61 91 22 10",
        "04.65.71.08.15",
        "0639980123",
        "+33 (0)5 36 49 11 22",
    ],
    "ES": ["612 34 50 71", "91 123 45 67", "+34 655 010 203", "699010203", "93 555 01 99"],
    "IT": ["333 555 0147", "06 5550 1234", "+39 02 5550 987", "347-5550123", "0555 012345"],
    "BR": ["(11) 95550-1234", "(21) 2555-0187", "+55 31 95550-7788", "11 95550 4321", "(85) 3255.0199"],
    "PL": ["512 555 017", "22 555 01 98", "+48 601 555 012", "601555043", "(12) 555 01 77"],
    "NL": ["06 12345987", "020 555 0123", "+31 6 5550 1234", "0655501287", "010-5550187"],
    "IN": ["98765 01234", "+91 98200 55501", "080 2555 0187", "9820055512", "022-25550143"],
    "SE": ["070-174 06 35", "08-465 004 12", "+46 70 174 06 88", "0701740642", "031-390 06 17"],
    "CN": ["13800138123", "139 1234 5670", "+86 186 0000 1234", "010-65550123", "15912340987", "0755-25550188"],
}
_EMAILS = {
    "US": ["j.miller84@example.com", "kate+returns@mail.example.org", "TEAM_LEAD@EXAMPLE.CO"],
    "UK": ["o'neill.p@example.co.uk", "front-desk@hotel.example.uk", "hannah at example dot org"],
    "DE": ["jürgen.groß@beispiel.de", "info@müller-söhne.example", "k.weber(at)example.de"],
    "FR": ["elodie_l@exemple.fr", "contact@boutique.exemple.paris"],
    "ES": ["maria.garcia.2@ejemplo.es", "pepe@correo.ejemplo.com.mx"],
    "IT": ["g.rossi@esempio.it", "amministrazione@ditta.esempio.it"],
    "BR": ["joao.silva@exemplo.com.br", "sac-cliente@loja.exemplo.net"],
    "PL": ["kowal_ska@przyklad.pl", "biuro@firma.przyklad.com.pl"],
    "NL": ["pieter.vd.h@voorbeeld.nl", "klacht@winkel.voorbeeld.eu"],
    "IN": ["priya.r@example.in", "accounts.mum@firm.example.co.in"],
    "SE": ["ingrid.s@exempel.se", "order@butik.exempel.nu"],
    "CN": ["zhangwei_88@example.cn", "10086123@qq.example.com", "王小明@例子.公司"],
}
_IPS = [
    "203.0.113.77",
    "198.51.100.23",
    "10.20.30.40",
    "2001:db8:85a3::8a2e:370:7334",
    "192.0.2.146",
    "fe80::1c2b:9aff:fe11",
]


def planted() -> list[Planted]:
    """Return every planted item, the same each time."""
    chance = random.Random(20260301)
    found = []
    for country, kinds in _SENTENCES.items():
        for kind, sentences in kinds.items():
            values = _values(country, kind, sentences, chance)
            rounds = max(len(sentences), len(values))
            for number in range(rounds):
                value = values[number % len(values)]
                text = sentences[number % len(sentences)].format(value)
                found.append(Planted(country, kind, value, text))
    return found + _named()


def _values(country: str, kind: str, sentences: list[str], chance: random.Random) -> list[str]:
    listed = {"EMAIL": _EMAILS, "PHONE": _PHONES, "ADDRESS": _ADDRESSES}
    if kind in listed:
        return listed[kind][country]
    if kind == "IP":
        return _IPS
    if kind == "CARD":
        return _cards(chance)
    if kind == "IBAN":
        return [_iban(country, chance, spaced=number % 2 == 0) for number in range(2 * len(sentences))]
    ids = {
        "US": [made.ssn], "UK": [made.nino, made.nhs], "DE": [made.steuer_id], "FR": [made.nir],
        "ES": [made.dni, made.dni, made.nie], "IT": [made.codice_fiscale], "BR": [made.cpf, made.written_cpf, made.cnpj],  # noqa: E501
        "PL": [made.pesel], "NL": [made.bsn], "IN": [made.aadhaar, made.pan, made.pan], "SE": [made.personnummer],
        "CN": [made.chinese], "FI": [made.finnish],
    }[country]  # fmt: skip
    if country == "BR":  # a bare CPF is named as one; the others stand in sentences that say nothing of them
        return [found for _ in range(2) for found in (made.cpf(chance), made.written_cpf(chance), made.cnpj(chance))]
    return [make(chance) for _ in range(2) for make in (ids * len(sentences))[: len(sentences)]]


def _cards(chance: random.Random) -> list[str]:
    amex = made.card(chance, "37", 15)
    return [
        made.grouped(made.card(chance, "4", 16), 4, 4, 4, 4),
        made.card(chance, "53", 16),
        made.grouped(made.card(chance, "6225", 19), 4, 4, 4, 4, 3),
        made.grouped(amex, 4, 6, 5),
        made.grouped(made.card(chance, "2412", 16), 4, 4, 4, 4, by="-"),
        made.card(chance, "35", 16),
    ]


def _iban(country: str, chance: random.Random, *, spaced: bool) -> str:
    account = {
        "UK": lambda: "NWBK" + made.digits(chance, 14),
        "DE": lambda: made.digits(chance, 18),
        "FR": lambda: made.digits(chance, 23),
        "ES": lambda: made.digits(chance, 20),
        "IT": lambda: "X" + made.digits(chance, 22),
        "PL": lambda: made.digits(chance, 24),
        "NL": lambda: "ABNA" + made.digits(chance, 10),
        "SE": lambda: made.digits(chance, 20),
    }[country]()
    found = made.iban({"UK": "GB"}.get(country, country), account)
    return " ".join(found[place : place + 4] for place in range(0, len(found), 4)) if spaced else found


def _named() -> list[Planted]:
    said = [
        ("PL", "Anna Kowalska", "Pani Anna Kowalska była bardzo pomocna."),
        ("PL", "ANNA KOWALSKA", "zamówienie na ANNA KOWALSKA, reklamacja"),
        ("PL", "Kowalska", "Rozmawiałem z Kowalska w piątek."),
        ("PL", "Marek Kowalczyk", "Kurier Marek Kowalczyk nie zadzwonił."),
        ("DE", "Jürgen Großmann", "Herr Jürgen Großmann hat uns beraten."),
        ("DE", "Großmann", "Frau Großmann am Empfang war unfreundlich."),
        ("DE", "sabine öztürk", "gruß, sabine öztürk"),
        ("DE", "Sommer", "Frau Sommer hat sofort geholfen."),
        ("FR", "Élodie", "Merci à Élodie pour sa patience !"),
        ("FR", "Jean-Luc Moreau", "Dossier suivi par Jean-Luc Moreau depuis mars."),
        ("IE", "Siobhán O'Rourke", "Siobhán O'Rourke went out of her way."),
        ("IE", "O’Rourke", "Spoke to Ms O’Rourke again."),
        ("IN", "Priya", "Thanks Priya for the quick exchange"),
        ("CN", "苗宇怡", "客服苗宇怡态度很好，下次还来"),
        ("CN", "欧阳晓东", "收件人写成了欧阳晓东的名字"),
        ("CN", "赵敏", "店员赵敏推荐的款式很合适"),
        ("CN", "苗女士", "苗女士打电话来投诉物流"),
        ("IT", "Marta Giordano", "Marta Giordano mi ha risposto subito."),
        ("BR", "Figueiredo", "Falei com o Sr. Figueiredo ontem."),
        ("SE", "Ingrid Sjöström", "Ingrid Sjöström i kassan var underbar."),
        ("NL", "van der Heijden", "Meneer van der Heijden belt terug."),
        ("NL", "Pieter van der Heijden", "Besteld door Pieter van der Heijden."),
        ("MX", "Guadalupe", "Guadalupe me atendió muy bien."),
        ("US", "Will Turnbull", "The guy at the desk, Will Turnbull, was rude."),
        ("US", "Turnbull", "Mr. Turnbull wants a call back."),
        ("US", "mark stonebridge", "order was placed by mark stonebridge by mistake"),
        ("US", "April May", "April May helped me pick a size."),
        ("US", "Rich", "Mrs Rich asked for a refund."),
        ("US", "Hope Rich", "My name is Hope Rich and I am furious."),
        ("US", "Cashman", "Left a note for Cashman about the gift box"),
    ]
    return [Planted(country, "NAME", value, text) for country, value, text in said]
