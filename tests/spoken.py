"""Invented sentences in eleven languages: every subject with every ending, so that there are enough of them."""

import itertools

PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        (
            "My order arrived on Monday,",
            "The shoes look nice enough,",
            "I called customer service yesterday,",
            "This app works well,",
            "We ate here last week,",
        ),
        (
            "but one box was already open.",
            "and I would buy again here.",
            "yet nobody could tell me more.",
            "so four stars from me.",
            "though shipping took far too long.",
        ),
    ),
    "de": (
        (
            "Meine Bestellung kam am Montag an,",
            "Die Schuhe sehen ganz gut aus,",
            "Gestern rief ich beim Kundendienst an,",
            "Die App läuft ziemlich stabil,",
            "Wir haben letzte Woche hier gegessen,",
        ),
        (
            "aber ein Karton war schon offen.",
            "und ich kaufe gerne wieder ein.",
            "doch niemand konnte mir weiterhelfen.",
            "deshalb gibt es vier Sterne.",
            "obwohl der Versand viel zu lange dauerte.",
        ),
    ),
    "fr": (
        (
            "Ma commande est arrivée lundi,",
            "Les chaussures sont plutôt jolies,",
            "Hier j'ai appelé le service client,",
            "L'application fonctionne assez bien,",
            "Nous avons mangé ici la semaine dernière,",
        ),
        (
            "mais un carton était déjà ouvert.",
            "et j'achèterai encore chez vous.",
            "mais personne n'a pu m'aider.",
            "alors je mets quatre étoiles.",
            "même si la livraison était trop longue.",
        ),
    ),
    "es": (
        (
            "Mi pedido llegó el lunes,",
            "Los zapatos se ven bastante bien,",
            "Ayer llamé al servicio de atención,",
            "La aplicación funciona bastante bien,",
            "Comimos aquí la semana pasada,",
        ),
        (
            "pero una caja ya estaba abierta.",
            "y volvería a comprar con ustedes.",
            "pero nadie me pudo ayudar.",
            "así que le doy cuatro estrellas.",
            "aunque el envío tardó demasiado.",
        ),
    ),
    "pt": (
        (
            "Meu pedido chegou na segunda-feira,",
            "Os sapatos são muito bonitos,",
            "Ontem liguei para o atendimento,",
            "O aplicativo funciona muito bem,",
            "Nós comemos aqui na semana passada,",
        ),
        (
            "mas uma caixa já estava aberta.",
            "e eu compraria de novo com vocês.",
            "mas ninguém conseguiu me ajudar.",
            "então não dou cinco estrelas.",
            "embora a entrega tenha demorado muito.",
        ),
    ),
    "it": (
        (
            "Il mio ordine è arrivato lunedì,",
            "Le scarpe sono piuttosto belle,",
            "Ieri ho chiamato il servizio clienti,",
            "L'applicazione funziona abbastanza bene,",
            "Abbiamo mangiato qui la settimana scorsa,",
        ),
        (
            "ma una scatola era già aperta.",
            "e comprerei di nuovo da voi.",
            "ma nessuno ha saputo aiutarmi.",
            "quindi gli do quattro stelle.",
            "anche se la spedizione è stata lenta.",
        ),
    ),
    "nl": (
        (
            "Mijn bestelling kwam maandag aan,",
            "De schoenen zien er best goed uit,",
            "Gisteren belde ik de klantenservice,",
            "De app werkt eigenlijk heel goed,",
            "Vorige week hebben wij hier gegeten,",
        ),
        (
            "maar een doos was al open.",
            "en ik zou hier weer kopen.",
            "maar niemand kon mij verder helpen.",
            "dus geef ik vier sterren.",
            "al duurde de verzending veel te lang.",
        ),
    ),
    "ru": (
        (
            "Мой заказ пришёл в понедельник,",
            "Туфли выглядят довольно хорошо,",
            "Вчера я звонил в поддержку,",
            "Приложение работает вполне неплохо,",
            "Мы ели здесь на прошлой неделе,",
        ),
        (
            "но одна коробка была открыта.",
            "и я купил бы здесь снова.",
            "но никто не смог помочь.",
            "поэтому ставлю четыре звезды.",
            "хотя доставка была слишком долгой.",
        ),
    ),
    "zh": (
        (
            "我的订单周一就到了，",
            "鞋子看起来挺不错，",
            "昨天我打了客服电话，",
            "这个软件用着很顺手，",
            "上周我们在这里吃饭，",
        ),
        ("可是有一个箱子已经破了。", "下次还会再来买。", "但是没有人能帮我。", "所以给四颗星。", "就是送得实在太慢。"),
    ),
    "ja": (
        (
            "注文した商品が月曜日に届きました。",
            "靴の見た目はとても良いです。",
            "昨日サポートに電話しました。",
            "アプリはちゃんと動きます。",
            "先週ここで食事をしました。",
        ),
        (
            "でも箱が一つ開いていました。",
            "また買いたいと思います。",
            "誰も助けてくれませんでした。",
            "だから星四つです。",
            "配送に時間がかかりすぎます。",
        ),
    ),
    "ko": (
        (
            "주문한 상품이 월요일에 도착했어요.",
            "신발이 꽤 예뻐 보입니다.",
            "어제 고객센터에 전화했습니다.",
            "앱은 아주 잘 작동해요.",
            "지난주에 여기서 밥을 먹었어요.",
        ),
        (
            "그런데 상자 하나가 열려 있었어요.",
            "다음에도 또 사고 싶어요.",
            "하지만 아무도 도와주지 않았어요.",
            "그래서 별 네 개를 드립니다.",
            "배송이 너무 오래 걸렸어요.",
        ),
    ),
}

SENTENCES = {code: [" ".join(pair) for pair in itertools.product(*parts)] for code, parts in PARTS.items()}
