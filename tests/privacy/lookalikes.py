"""What looks like personal data and is none: numbers, codes and words of real reviews, tickets and notes, one a line."""  # noqa: E501

import random

from tests.privacy import numbers as made

_WRITTEN = """
Order 4839201756 arrived a day early.
order #100234567 still shows as pending
Order no. 2079460958 was cancelled without notice
My order number is 114-3941689-8772232.
Tracking 1Z999AA10123456784 has not moved since Monday.
USPS tracking 9400 1000 0000 0000 0000 00 says delivered
DHL shipment JJD000390007823402193 stuck in customs
Royal Mail RB123456785GB came after three weeks
Invoice INV-2024-000187 is missing the discount.
Invoice 20240317001 paid twice?
The SKU is 00412-7789-32, colour navy.
item 1004857639 is not as pictured
Model WH-1000XM5 beats my old QC35 easily.
RTX 4090 with 24576 MB, runs hot at 85 degrees
It cost $1,249.99 and broke after 3 weeks.
Paid 129.95 for this, not worth 12.
1,234,567 copies sold, they say
The budget was 2 500 000 and rising.
Rated 4.5/5, would be 5 stars if it were cheaper
5 stars!!!
10/10 would buy again
Bought on 2024-03-17 and again on 17/03/2025.
Delivered 03.04.2023 at 14:35, promised 12:00.
2023-11-05T08:15:30Z error in checkout
timestamp 1700472930 in the log
1700472930123 was the request id
Open from 09:00-17:30 Mon-Fri
Between 8 and 10 am on 12/24 or 12/31
Save 25-30 % with the code SPRING2024
98.6% of the time it works
Version 2.10.3 fixed it, 2.10.4 broke it again.
firmware 1.2.3.4 makes the lamp flicker
Updated to v10.0.0.1 and lost all presets
app version 192.168.1.3 beta crashes
Chrome 120.0.6099.129 shows a blank page
See section 4.2.1.3 of the manual.
The shop at 52.5200, 13.4050 is closed.
GPS said 40.712776, -74.005974 which is a park
ISBN 978-3-16-148410-0 was out of print.
ISBN 0306406152, second-hand copy, pages missing
Scanned EAN 4006381333931, wrong product came up
UPC 036000291452 on the label
barcode 5901234123457 does not scan
Serial S/N 3584210099871 registered for warranty
Part no. 06A115561B fits, 06A115561 does not
batch 20231107 smelled odd
Lot 4471200938, best before 11/2026
Size 38-40 fits like 36, length 110-115 cm
Measures 120 x 60 x 75 cm, weighs 23.5 kg
Screen of 1920x1080 at 144 Hz
5000 mAh lasts 2 days, 65W charger
1000000 thanks to the team
I have 2 kids aged 4 and 7
My 3 dogs love it, all 3 of them
Born in 1984, shopping here since 1999-2000
Waited 45 minutes at gate 12, flight BA2490
Room 1204 was noisy, floor 12 is worse
Seats 14A and 14B on the 7:45 to Leeds
Bus 480 or 510 from platform 3
I drove 15 miles down the road for this
12 square plates and 4 round ones
The 3 way plug melted.
1 way ticket only, no return
We had 2 courts and 6 lanes booked
8 drive bays, only 2 drives
5 place settings for 60 dollars
Ask for table 10 downing pints all night
20 street tacos for 30 bucks
#bestshop2024 #5stars @shop_support helped
@anna_k on the app never answered
follow us @brand.official for 10% off
See instagram.com/brand_2024 and example.com/p/9876543
https://example.com/item/4839201756?ref=2079460958
user@2x.png is blurry on retina
Two for 3@2.50 is a bargain
Look at example dot com for reviews
met him at the dot on the map
c6f1d2a0-9b7e-4c1a-8f30-5e2d7b9a1c44 is the error id
sha 9f86d081884c7d659a2feaa0c55ad015 printed on the page
colour #1a2b3c looks like #1a2b40
Ticket 8839201 closed, ticket 8839417 open
case 00412877 escalated
ref 7718-2934-11 noted
loyalty points: 12345678 of 20000000
Points balance 10240550 and counting
Voucher 4F7K-99QX-31LM expired
gift code 8812-4431-9027-1134 not accepted
PO 4500017823 released
contract 30014477 ends in June
account manager changed 3 times in 12 months
10.000 steps, 8.500 on a slow day
100-200-300 is the dosing scheme
1-2-3-4-5-6-7-8 testing
123456 is my kid's idea of a password
99999999 problems
Pi is 3.14159265358979
0.00012345678 g of gold in it
Formula 1 2021 season was better
Windows 11 23H2 build 22631.3155
ZIP 90210 or 10001, who cares
SW1A 1AA is where it shipped from
postcode 3011 AB gets next-day delivery
12V 2A adapter, 5.5 x 2.1 mm
The time is 12:34:56 and the ratio 16:9
std::vector::push_back is what the error said
MAC 00:1A:2B:3C:4D:5E is printed on the router
Mark my words, this brand is finished.
Will you restock the blue one?
Rose gold looks cheap, rose tea is nice.
Hope this helps others.
Grace period was only 3 days.
Came in May, ordered in April.
April deliveries were late, May ones too.
The Bill was wrong again, 40 too much.
Young people will like it. Rich taste, White chocolate.
Summer dress, Lily scent, Day cream.
Headphone Jack is missing. Park nearby.
Frost on the window by morning; Cashmere is soft.
Die Bestellnummer 4000123456 ist falsch.
Bestellung 302-4471289-1120034 kam beschädigt an
Rechnung Nr. 2023004711 bitte korrigieren
Sendungsnummer 00340434161094012345 steht seit Tagen
Kundennummer 70012345678 hinterlegt
Artikel 4023125 in Größe 42
Art.-Nr. 300.412.77 nicht lieferbar
Preis: 1.299,00 € statt 1.199,00 €
12.345.678,90 € Umsatz, kaum zu glauben
Am 03.10.2023 um 18:45 Uhr geliefert
auf Platz 3 von 120 im Test
Nach 24 Stunden Weg frei
Der Ring 18 mm passt nicht
Im Sommer zu warm, im Winter zu kalt.
Der Koch war freundlich, das Essen kalt.
Größe 38/40, Länge 32
100 % Baumwolle, 30 Grad Wäsche
Akku mit 4000 mAh, 2 Stück für 15 Euro
Seite 112 von 480, Kapitel 7.2.1.4
Seriennummer 0171392001 auf dem Gerät
La commande 4029381756 est incomplète.
commande n° 0612345678 annulée
Colis 6A12345678901 bloqué à Lyon
Facture 2024-0317-0042 en double
Prix : 1 299,00 € au lieu de 999,90 €
Réf. 3 100 200 450 introuvable
le 14/07/2023 à 10h30, rien le 15
Place de parking 45 minutes
rue commerçante à 5 minutes, 12 boutiques
2 places pour 30 euros au cours du soir
12 avenues et pas un restaurant ouvert
Taille 38, 175 cm, 68 kg
Version 7.4.2.1 du logiciel
El pedido 612345078 no llega.
pedido nº 48201937 con retraso
factura 2024/000123 duplicada
Cuesta 1.234,56 euros, antes 999
Referencia 91 123 45 67 89 01 en la caja
talla 38, color 4, plaza libre para 2
calle cortada 3 días por obras
Llegó el 12-03-2024 a las 18:30
Lote 48201937B caducado
código 12345678 no funciona
Ordine 3335550147 mai spedito
ordine n. 405-1182736-0042113 rimborsato
Fattura 000123/2024 sbagliata
via 3 giorni di ferie per il ritardo
in piazza alle 18, 3 negozi chiusi
Pagato 1.250,00 euro per 2 notti
Taglia 42, altezza 180, voto 8
Codice articolo 06555012345 esaurito
spedizione 1UW2K3J4H5G6 ferma
O pedido 11955501234 atrasou.
pedido 2024031700045 cancelado
nota fiscal 000.123.456 série 1
Custou R$ 1.234,56 em 10x de 123,45
código de rastreio LB123456785BR parado
Rua movimentada, 5 bares abertos
tamanho 40, 2 peças, nota 10
protocolo 20240317000412 aberto
Zamówienie 512555017 nie przyszło.
zamówienie nr 2024/03/000412
Paczka 620012345678901234567890 w drodze
faktura FV 12/03/2024 z błędem
Cena 1 299,99 zł, było 999 zł
ul. zamknięta przez 3 dni
rozmiar 38, wzrost 172, ocena 5
kod 00-950 nie działa
Bestelling 0612345678 is kwijt
bestelnummer 2024-118273 niet gevonden
factuur 20240317 dubbel betaald
Prijs 1.299,- in plaats van 999,-
plein met 3 terrassen en 12 bomen
maat 42, lengte 32, cijfer 8
Track & trace 3SABCD1234567 klopt niet
Order 0701740642 saknas
ordernummer 465004128 avbokad
faktura 2024031712 betald
Pris 1 299 kr, rea 999 kr
storlek 38, betyg 5 av 5
plan 3, rum 12, väg 4 avstängd
kollinummer 373500012345678903 stannat
Order ID 9876501234 not yet dispatched
AWB 98200555012 shows wrong city
UTR 412345678901 for the refund
txn 987654321098 failed twice
GST invoice 2023/24/004518
Rs. 12,34,567 lakh turnover they claim
PNR 4412345678 was for the train
Size 8 UK, 42 EU, 10/10
FSSAI lic 10012345000123 on the pack
订单13800138123一直没发货
订单号：4839201756213
运单号SF1234567890123三天没动
快递单号 75123456789012 查不到
编号20240317001的商品有问题
花了1299.99元，还不如200块的
2024年3月17日下午3点05分下的单
18:30送到的，晚了40分钟
5号线下来走8分钟就到
在路上30分钟，20公里，堵车
3号店比8号店服务好
一路上送了2次，3楼没电梯
中山路步行街那家更好吃
上海市区2小时到货，1000多家店
身高175体重130，M码
评分4.8，好评率99.6%，销量100000+
版本8.0.3.1更新后闪退
固件 10.0.0.1 装不上
货号 6901234567892 扫不出来
条码6923450657713识别错误
优惠码88664422用不了
充值100000000金币
这双高兴得我跳起来，真高兴
高兴地收到了货，很高兴
今年夏天买了3件，2025年还来
房间1208，8楼，押金500
满300减50，第2件0元
型号SM-G9910和RTX4060都有
"""


def lookalikes() -> list[str]:
    """Return every look-alike, the same each time: written ones, and long numbers that are no cards or ids."""
    chance = random.Random(20260302)
    made_up = [f"reference {made.not_a_card(chance, '4', 16)} on the receipt" for _ in range(3)]
    made_up += [f"code {made.grouped(made.not_a_card(chance, '51', 16), 4, 4, 4, 4)} rejected" for _ in range(3)]
    made_up += [f"{made.not_a_card(chance, '6225', 19)}是券号" for _ in range(2)]
    made_up += [f"license key {made.digits(chance, 25, '7')}" for _ in range(2)]
    made_up += [f"sensor read {made.digits(chance, 8, '8')} then {made.digits(chance, 8, '9')}" for _ in range(3)]
    return [line for line in _WRITTEN.splitlines() if line] + made_up
