"""Naming: what the name of a column says about its part in a list of orders."""

from itertools import pairwise

from segment_core.intake import vocabulary
from segment_core.intake.behaviour.options import Part
from segment_core.intake.vocabulary import folded, speaks_of, words_of


def _set(words: str) -> frozenset[str]:
    return frozenset(folded(words).split())


_ID = vocabulary.ID.exact | set(vocabulary.ID.inside) | _set("numero número numéro nummer identificador réf referencia")
_CUSTOMER = (
    vocabulary.CUSTOMER.exact
    | set(vocabulary.CUSTOMER.inside)
    | _set("cust clientes acheteur comprador käufer besteller abonné membre miembro mitglied 买家 消费者 购买人")
)
_CUSTOMER_ID = _set("customerid clientid userid memberid contactid accountid kundennummer kundennr")
_NOT_A_CUSTOMER = _set(
    "group segment type class tier manager rep region store city state country zip code_prefix prefix name age "
    "since status address order gender 类型 城市 等级 地址 性别"
)
_ORDER = _set(
    "order orders invoice transaction receipt bill basket purchase ticket trans txn bestell bestellung "
    "bestellnummer auftrag auftragsnummer rechnung rechnungsnummer beleg belegnummer bon commande facture achat "
    "pedido factura compra orden recibo 订单 单号 交易 发票 小票 流水"
)
_NOT_AN_ORDER = _set(
    "item line detail row position status type date time timestamp datum fecha at qty quantity count value amount "
    "total price sum source channel category article customer product 状态 时间 日期 金额 数量 明细 类型"
)
_DATE = _set(
    "date day time datetime timestamp dt at on datum zeit fecha hora jour heure tag bestelldatum rechnungsdatum "
    "kaufdatum 日期 时间"
)
_SOLD_ON = _ORDER | _set(
    "sale sold ordered purchased bought placed paid created vente venta verkauf kauf place 下单 购买 成交 支付"
)
_OTHER_DATE = _set(
    "delivered delivery shipped shipping ship carrier approved estimated expected limit due birth birthday "
    "updated modified review answer expiry expires return returned registered signup livraison entrega envío "
    "lieferung versand geburtsdatum naissance nacimiento 送达 发货 生日 更新 注册 评价"
)
_QUANTITY = _set(
    "qty quantity units pieces counts count pcs menge anzahl stück stueck stk quantité quantite qté nombre "
    "cantidad unidades piezas 数量 件数 份数 个数"
)
_NOT_A_QUANTITY = _set("photo photos customer order orders length installments consumers days review 天数 人数")
_PRICE = _set("price preis prix precio unitprice stückpreis einzelpreis 单价 价格 售价")
_ONE_PIECE = _set("unit each einzel stück stueck unitaire unitario unitprice einzelpreis stückpreis 单价")
_AMOUNT = _set(
    "amount amounts amt total subtotal revenue sales turnover value spend spent gmv expenditure betrag umsatz "
    "summe gesamt gesamtpreis montant importe monto ventas chiffre paid payment 金额 总价 合计 消费 实付 销售额 "
    "总额"
)
_NOT_MONEY_SPENT = _set(
    "freight shipping tax vat discount cost fee tip points score id code currency type method lifetime income "
    "weight cm g kick back rate versand steuer rabatt mwst porto tva remise impuesto descuento envío 运费 折扣 税 "
    "积分 成本"
)
_PRODUCT = _set(
    "product item sku stockcode stock article artikel artikelnummer produkt produit producto articulo artículo "
    "référence ean gtin upc asin dish dishes dishid good goods 商品 产品 货号 菜品 条码 菜名"
)
_CATEGORY = _set(
    "category categories department division class kategorie warengruppe produktgruppe catégorie categorie rayon "
    "famille categoría categoria familia departamento 类别 分类 品类 类目 大类 种类 部门"
)
_ANOTHER = _set(
    "seller vendor supplier merchant store shop branch warehouse cashier employee staff driver courier carrier "
    "campaign coupon org table status channel device review address tracking payment session verkäufer filiale "
    "vendeur magasin vendedor tienda 门店 店员 商家 卖家 收银 桌"
)
_DESCRIPTION = _set(
    "description name title label bezeichnung beschreibung artikelname produktname désignation libellé nom "
    "descripción nombre 名称 名 描述 标题"
)
_NOT_A_PRODUCT = _set(
    "count photos length width height weight lenght qty quantity price amount order date time line number add "
    "discount cost 数量 单价 金额 日期 时间"
)


def strength(name: str, part: Part) -> float:
    """Return how strongly a name speaks for a part of a list of orders: 0 not at all, 3 plainly.

    Examples
    --------
    >>> strength("InvoiceNo", "order"), strength("order_item_id", "order"), strength("Rechnungsdatum", "date")
    (3.0, 0.0, 3.0)
    """
    found = _STRENGTHS[part](name)
    return float(found)


def means_one_piece(name: str) -> bool:
    """Tell whether a name plainly speaks of the price of one piece."""
    return _has(name, _ONE_PIECE)


def means_total(name: str) -> bool:
    """Tell whether a name plainly speaks of the money of a whole line or order."""
    return _has(name, _set("total subtotal revenue gesamt summe 总价 合计 总额 gesamtpreis"))


def speaks_of_another(name: str) -> bool:
    """Tell whether a name speaks of somebody or something of an order that is not the customer."""
    return _has(name, _ANOTHER) or _has(name, _PRODUCT) or _has(name, _CATEGORY)


def ends_in_id(name: str) -> bool:
    """Tell whether a name ends in a word for id."""
    return words_of(name)[-1:] != () and words_of(name)[-1] in _ID


def _customer(name: str) -> float:
    if speaks_of(name, vocabulary.EMAIL):
        return 1
    if not _has(name, _CUSTOMER) or _has(name, _NOT_A_CUSTOMER):
        return 0
    alone = len(words_of(name)) == 1
    return 3 if _has(name, _ID) or _has(name, _CUSTOMER_ID) else 2 if alone else 0


def _order(name: str) -> float:
    if not _has(name, _ORDER) or _has(name, _NOT_AN_ORDER):
        return 0
    return 3 if _has(name, _ID) or "".join(words_of(name)).endswith(("nummer", "nr")) else 2


def _date(name: str) -> float:
    if _has(name, _OTHER_DATE):
        return 0.5
    return 3 if _has(name, _SOLD_ON) or _has(name, _set("rechnungsdatum bestelldatum kaufdatum")) else 2


def _quantity(name: str) -> float:
    return 0 if not _has(name, _QUANTITY) or _has(name, _NOT_A_QUANTITY) else 2


def _price(name: str) -> float:
    if not _has(name, _PRICE) or _has(name, _NOT_MONEY_SPENT):
        return 0
    return 3 if _has(name, _ONE_PIECE) else 2


def _amount(name: str) -> float:
    if _has(name, _NOT_MONEY_SPENT) or _has(name, _ONE_PIECE):
        return 0
    return 2 if _has(name, _AMOUNT) else 1 if _has(name, _PRICE) else 0


def _product(name: str) -> float:
    if not _has(name, _PRODUCT) or _has(name, _NOT_A_PRODUCT) or _has(name, _CATEGORY):
        return 0
    return 3 if _has(name, _ID) or _has(name, _set("sku stockcode ean gtin upc artikelnummer")) else 2


def _description(name: str) -> float:
    if _has(name, _CUSTOMER) or _has(name, _NOT_A_PRODUCT) or _has(name, _CATEGORY):
        return 0
    named = _has(name, _DESCRIPTION)
    if named and _has(name, _PRODUCT):
        return 3
    return 2 if named and words_of(name)[-1] in ("description", "bezeichnung", "beschreibung", "descripción") else 0


def _category(name: str) -> float:
    return 0 if not _has(name, _CATEGORY) or _has(name, _set("id customer")) else 2


_STRENGTHS = {
    "customer": _customer,
    "order": _order,
    "date": _date,
    "amount": _amount,
    "quantity": _quantity,
    "price": _price,
    "product": _product,
    "description": _description,
    "category": _category,
}


def _has(name: str, words: frozenset[str]) -> bool:
    """Tell whether a name holds one of the words, alone, as two written together, or inside Chinese."""
    parts = words_of(name)
    if words.intersection(parts) or "".join(parts) in words:
        return True
    if words & {first + second for first, second in pairwise(parts)}:
        return True
    return not name.isascii() and any(word in name for word in words if ord(word[0]) > 0x2E7F)
