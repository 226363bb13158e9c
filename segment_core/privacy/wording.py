"""Wording: words that name a number in many languages, small words that tell a language, and where it is spoken."""

HINTS = {
    "phone": (
        "tel telef* telèf* telno phone* mobile mobiles mob mobil* movil* móvil* handy handynr handynummer* celular* "
        "cellulare cell cel whatsapp wechat sms fax kom komórk* numer_telefonu call calls called calling ring text "
        "dial reach me_on contact_me callback vm rückruf* anruf* ruf rufen rufnummer* rückrufen erreichbar* durchwahl "
        "appel* rappel* portable joignable injoignable mon_numéro llam* llám* mi_número chiam* mio_numero "
        "richiam* ligu* ligar* ligue meu_número zap dzwoni* zadzwo* mój_numer bel bellen belt mobiel* mijn_nummer "
        "telefoon* ring_mig ringa mobilnummer* mitt_nummer my_number my_no meine_nummer 电话 手机 座机 致电 联系方式 "
        "微信 来电 拨打 打了 号码是 電話 携帯 연락처 전화 휴대폰 телефон* тел позвон* звон*"
    ),
    "order": (
        "order orders ordernumm* ordernr order_no order_id orderid bestell* commande commandes pedido pedidos ordine "
        "ordini encomenda zamówieni* zamowieni* bestelling* bestelnummer beställning* tracking track trace sendung* "
        "shipment awb colis suivi seguimiento rastreio rastreamento spedizion* przesył* paczk* zending kolli* invoice "
        "rechnung* facture factura fattura fatura faktur* factuur nota_fiscal sku item items art artikel* article "
        "articolo artículo ref reference referen* réf ean isbn issn upc gtin asin barcode code codes codice código "
        "kod serial seriennummer* s/n sn imei model part part_no lot lote lotto batch charge ticket case protocol* "
        "protokol* voucher gutschein* coupon coupons points balance contract vertrag* customer_no kundennummer* "
        "kundennr po txn transaction utr pnr timestamp id_no lic license sensor log request policy price preis prix "
        "cep plz zip postcode "
        "precio prezzo preço cena prijs pris paid pagato pagué "
        "订单 订单号 单号 运单 快递单 流水号 编号 货号 条码 型号 优惠码 券号 发票号 充值 注文 주문 заказ* артикул"
    ),
    "version": (
        "version versions versión versione versão wersja versie ver v firmware release build update updated rev chapter "  # noqa: E501
        "section kapitel abschnitt chapitre capítulo sección app chrome android ios driver software 版本 固件 更新 第"
    ),
    "ip": "ip ipv4 ipv6 ip-adresse address_ip adresse_ip login log_in logged_in server host router ping 登录 后台 服务器",  # noqa: E501
    "cn": "身份证 身份证号 证件 证件号 实名 实名认证",
    "us": "ssn social_security",
    "gb": "ni_number ni_no nino national_insurance nhs",
    "de": "steuer_id steuer_idnr steueridentifikation* steuernummer* idnr identifikationsnummer*",
    "fr": "nir sécurité_sociale securite_sociale sécu insee",
    "es": "dni nie nif",
    "it": "codice_fiscale cod_fiscale c.f",
    "br": "cpf cnpj",
    "pl": "pesel pesel* nip",
    "nl": "bsn burgerservicenummer* sofinummer*",
    "in": "aadhaar aadhar uidai pan kyc",
    "se": "personnummer* persnr pers.nr",
    "dk": "cpr cpr-nr cpr-nummer*",
    "no": "fødselsnummer* fodselsnummer*",
    "fi": "henkilötunnus* hetu",
    "be": "rijksregister* registre_national niss insz",
    "ch": "ahv avs ahv-nummer* sozialversicherungsnummer*",
    "tr": "kimlik tckn",
    "ca": "sin_number social_insurance",
    "au": "tfn tax_file",
    "pt": "contribuinte",
    "za": "sa_id",
    "ie": "pps ppsn",
    "kr": "주민등록번호 주민번호",
    "id": "national_id identity_card id_card identity_number passport personalausweis* ausweisnummer* dowód",
}
"""What a word before a number says it is. "*" ends a beginning, "_" stands for a blank or hyphen."""

LANGUAGES = {
    "en": (
        "the and is are was were you your my me i it for of to on in at with not no please this that we our they he she "  # noqa: E501
        "have has had be been from but or so as by an after before back if there their when will would can could still "
        "pls kindly husband wife customer new only ready asap very again never ask"
    ),
    "de": (
        "der die das und ist nicht ich wir sie mir mich mein meine bitte für mit auf den dem des ein eine einen von zu "
        "zum zur im am an bei nach aus ab uhr auch noch war wurde wird haben hat habe kein keine unter oder statt kunde "  # noqa: E501
        "kundin liegt vor wegen dass sehr nie"
    ),
    "fr": (
        "le la les des du de et est pas je nous vous mon ma mes votre pour avec sur au aux un une ce cette ces merci "
        "plaît client dans été par qui que ne ou avant après chez matin à très jamais"
    ),
    "es": (
        "el la los las de del y es no me mi por favor para con en un una que se al su cuando gracias cliente pero nunca "  # noqa: E501
        "desde hasta más muy está soy nadie lo ya llegó este esta contesta"
    ),
    "it": (
        "il lo la gli le di del della e è non mi mio mia per favore con in un una che si al dopo grazie cliente ma mai "
        "sono ho ha come questo sul alle dal risponde ancora da su"
    ),
    "pt": (
        "o a os as de do da e é não meu minha me por favor para com em no na um uma que se ao dos das cliente mas nunca "  # noqa: E501
        "depois até está foi ninguém responde atende obrigado pela errado hoje"
    ),
    "nl": (
        "de het een en is niet ik wij mijn u uw voor met op van te in naar aan bij graag klant maar nog ook deze dit "
        "wil wacht op na uur staat heeft was werd nooit"
    ),
    "pl": (
        "i w z na do nie się jest to proszę dziękuję mój moja mi mnie po pod od za dla że jak klient klientka ale czy "
        "tej sprawie czekam odbiera jest już bardzo był była wam"
    ),
    "sv": (
        "och är inte jag vi min mitt mig på för med av till en ett den det som har kan ni er om från vid gärna tack "
        "kunden kund vill efter nästa gång så"
    ),
    "da": "og er ikke jeg vi min mit mig på for med af til en et den det som har kan venligst tak kunden efter",
    "nb": "og er ikke jeg vi min mitt meg på for med av til en et den det som har kan vennligst takk kunden etter",
    "fi": "ja on ei minä me sinä se että kun mutta tai oli ole asiakas miksi haluaa kiitos minun puhelin",
    "cs": "a je v na se že to do není prosím děkuji můj mi pro od po zákazník ale nebo jsem",
    "tr": "ve bir bu için ile değil ben biz benim lütfen müşteri ama çok var yok olarak numaram",
}
SCRIPTS = {
    "ja": "[\u3040-\u30ff]",
    "ko": "[\uac00-\ud7af]",
    "zh": "[\u3400-\u9fff]",
    "ru": "[\u0400-\u04ff]",
    "el": "[\u0370-\u03ff]",
    "he": "[\u0590-\u05ff]",
    "ar": "[\u0600-\u06ff]",
    "hi": "[\u0900-\u097f]",
    "th": "[\u0e00-\u0e7f]",
}
REGIONS = {
    "en": ("US", "GB", "IN", "AU", "IE", "ZA"),
    "de": ("DE", "AT", "CH"),
    "fr": ("FR", "BE", "CH"),
    "es": ("ES", "MX", "AR", "CO", "CL"),
    "it": ("IT",),
    "pt": ("BR", "PT"),
    "nl": ("NL", "BE"),
    "pl": ("PL",),
    "sv": ("SE",),
    "da": ("DK",),
    "nb": ("NO",),
    "fi": ("FI",),
    "cs": ("CZ", "SK"),
    "tr": ("TR",),
    "zh": ("CN", "TW", "HK"),
    "ja": ("JP",),
    "ko": ("KR",),
    "ru": ("RU", "UA"),
    "el": ("GR",),
    "he": ("IL",),
    "ar": ("AE", "SA", "EG"),
    "hi": ("IN",),
    "th": ("TH",),
}
