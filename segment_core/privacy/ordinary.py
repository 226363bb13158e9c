"""Ordinary words: names that are also words, and so are masked only in full or behind a title."""

ORDINARY = frozenset(
    (  # noqa: SIM905 - a list would take a line a word
        # English
        "abbey abel able ace alba amber angel angle april archer art ash aspen august aurora autumn bailey baker "
        "ball band bank banks barber baron barrow bass batch bates bay beach bean bear beau beck bell belle bench "
        "berry best bill bird bishop black blade blake blank blaze bliss block bloom blue bolt bond booth bowl "
        "bowman boy brand bread brick bridge bright brook brooks brown buck bush butcher butler button cable cain "
        "camp candy cannon carol carpenter carter case cash castle chance chandler chase chastity chef cherry chip "
        "christian christmas church clay clean clear cliff cloud coal coffee cole collar cook cool cooper coral "
        "cotton court crane cream crisp cross crow crown crystal curry dale daisy dance dash dawn day deal dean "
        "dear dee deer diamond dick dolly don door dove drake drew drum duke dusty eagle earl early east easter "
        "ebony eden english ever fair faith falcon fall farmer faye fee fern field finch fine fish fisher flag "
        "flint flora florence flower forest forge foster fountain fox frank free freedom french friend frost fry "
        "gale game garden gates gay gem gene genesis gentle ginger glass glen gold golden good grace grand grant "
        "grass gray great green greene grey grove guy hale hall hand happy harbor hardy harmony harp hart hatch "
        "haven hawk hazel heart heath heather heaven henry herb hero hill holiday holly home honey honor hood hope "
        "horn horse house hunt hunter ice iris iron ivory ivy jack jade jam jasmine jay jean jet jewel jo job john "
        "joy juan judge june junior just justice kane kay keen kelly key kid kind king kit kitty knight lake lamb "
        "lance lane lark large laurel law lawn leaf lee legend lemon leo levy liberty light lily linden link lion "
        "little lock long lord lotus love low luck lucky luna mace magic magnolia maid main major man manual march "
        "mark marks marsh martini mason master mat max may mayor meadow melody melon mercy merry mike mile miles "
        "mill miller mint miracle miss mister money monk moon moore moose moss mount nash new nice nick night "
        "noble noel nova oak ocean olive opal orange page paige paint palm pansy paris park parka parker parks "
        "parrot pastor pat patience peace peach pearl penny pepper pet peter phoenix pick pierce pike pine piper "
        "pitt plant plum pollard pond poppy porter post potter pound power price pride prince princess prior "
        "prudence purple queen quick quill rain ranger raven ray read reader ready red reed reef regal reid rex "
        "rice rich ring river rivers roach rob robin rock rocket rod roman rose rosemary round rowan rowe royal "
        "ruby rush russet rusty sadler sage sailor sales salt sam sandy santa sargent savage savannah scarlet "
        "scout sea season self senior serenity sergeant shade sharp shaw shell shepherd sherry shore short sierra "
        "silk silver singer sky slate slim small smart smith snow sofa soft sol soldier song soul south spark "
        "sparks spear spice spring star starling steel stella sterling stone storm story street strong style sue "
        "sugar summer sun sunday sunny swan sweet swift sydney tab taylor tanner teal temple terrace terry thorn "
        "tiger tiny toby todd tom tony town trace tracy trip troy true tucker turner tyler union van vale vance "
        "vanilla velvet vera victor victoria victory vine viola violet virginia wade wake walker wall walls ward "
        "warden warm waters weaver webb week welcome well wells west wheat wheeler white wild wilder will wills "
        "win winner winter winters wise wish wolf wonder wood woods work worth wright wynn york young yale zest "
        "monday tuesday wednesday thursday friday saturday january february july september october november "
        "december america asia africa austin boston brooklyn charlotte chelsea china dakota dallas denver england "
        "france georgia germany holland houston india indiana israel italia italy jackson jersey jordan kent kenya "
        "lincoln london lorraine madison malta milan montana odessa paris phoenix roma rome sienna trinity vienna "
        "wales washington apple chevrolet ford lexus mercedes porsche tesla dell hp nike levi samsung sony amazon "
        "google tommy hugo boss chanel dior calvin armani gucci "
        # German
        "abend acker adler alt amt arm arzt bach bauer baum beck becker berg berger besen bett biene bier birne "
        "blau blume boden bote braun brot bruder brunnen buch burg busch dorf drossel eis engel ernst esche essig "
        "falke feld fest fink fisch fischer fleischer freitag freund friede fromm frosch fuchs fürst gans gast "
        "geist gerber glaube glück graf groß grün gut haas hahn hammer hase haus hecht heide heil held herbst herr "
        "herz himmel hirsch hirte hof hoffnung holz horn huber hut jäger jahn jung junge kaiser kamm kaufmann "
        "keller kirsch klein klee klug knecht koch kohl könig kopf korn kraft kranz kraus krebs kreuz krieg kröger "
        "krone krug kuchen kühn kugel kunst kurz lamm lang lange laut lehmann lehrer linde löwe luft lustig maler "
        "mann markt mauer maurer maus meer mehl meister messer mond montag morgen müller mut nacht nagel narr neu "
        "neumann nuss ost ostern pabst papst pfarrer pfeffer pfeifer pfeil pilz platz rabe rat reich reiher reis "
        "reiter richter riese ring ritter roh rose rost rot rund sack salz samstag sand sänger schäfer schatten "
        "schatz schenk schmid schmidt schneider schnee schreiner schuh schuhmacher schulz schulze schuster schütz "
        "schwan schwarz see seiler sommer sonne sonntag spatz specht sperling spiegel spitz stark star stein stern "
        "stock stolz storch strauß streng sturm süß tag tanne taube teich teufel thron tisch tischler tod traube "
        "treu trost ulm unger vogel vogt wagner wald wand wasser weber weide wein weiß weise weiss welle welt "
        "wenig werner wert wiese wind winkler winter wirt wohl wolf wolke wurm zahn zander zauber ziegler zimmer "
        "zimmermann zorn zucker zweig "
        # French
        "aimé ange beau belle bernard blanc blanche blond boucher boulanger bon bonne bois brun charpentier "
        "chevalier claire clément constant court desiré divine doré dubois duc dupont écu fabre faure fleur "
        "fontaine forêt fort fournier france gaillard garde grand gras gros hiver jardin joli jolie juste lacroix "
        "lafleur lambert laurier leblanc lebrun lefort legrand leroy lis lune maire maison mallet marchand "
        "marguerite marin martin mer mercier meunier michel moulin neuf noël noir olive page parfait paul pêcher "
        "petit pierre pinson poisson pommier pont prince printemps prudent rey riche rivière robert roche roi rond "
        "rose rousse roux roy royer sage serein soleil sylvestre tailleur thé tisserand verdier vidal vigne "
        "vincent violette "
        # Spanish, Portuguese, Italian
        "abril alba alegre alegría alma amado amor amparo ángel ángeles asunción aurora barba barros bello blanca "
        "blanco bravo bueno cabello cabeza calle calvo camino campo campos cano caridad carmen castillo cielo "
        "claro clara concepción conde consuelo cordero cortés corona cruz cuesta delgado dolores domingo dulce "
        "encarnación esperanza estrella fe feliz flor flores franco fuente fuentes fuerte gallo garza gracia "
        "granado grande guerra guerrero herrera herrero hierro hoyos iglesia iglesias inés izquierdo jardín jazmín "
        "juez león lobo luna luz mar maravilla marino marqués mayor mayo mata medina mendoza mercado merced "
        "milagros molina molinero monte montes mora moreno nieves nieto niño norte nube oliva ortega palma paloma "
        "parra paz peña pilar pino piedra plaza prado primo puente puerta ramos real redondo rey reyes rico rincón "
        "río ríos rocío rojo romero rosa rosario rubio sal salvador sastre santa santo santos sierra silva socorro "
        "sol soledad soto tierra toro torre torres trinidad valle vega vela verde victoria vidal viña zapata "
        "zapatero alves amaral barbosa barros batista belo bento braga branco cabral campos cardoso carneiro "
        "carvalho castro coelho costa couto cruz cunha dias esperança estrela ferreira figueira flores fonseca "
        "freitas gato graça guerra guimarães leal leão leite lemos lima lobo luz machado matos meireles melo "
        "mendes moreira mota moura nascimento neves nogueira nunes oliveira paixão pardo peixoto pena pereira "
        "pinheiro pinto pires porto prata primavera queirós ramos reis ribeiro rocha rosa sales santos serra "
        "silveira teixeira torres vale vaz veiga ventura viana vieira vitória amato amore angelo bacio barbieri "
        "basso bella bello benedetto bianca bianchi bianco bruna bruno buono calvo campana cara caro carne caruso "
        "celeste chiara chiesa colombo conte conti corona costa croce diamante donato fabbri felice ferrari ferro "
        "fiore fiori fontana forte franco gallo gatti gatto gentile giglio gioia giordano giusto grasso greco "
        "grande leone letizia lombardi longo luce lupo mancini mare marina marino martini mela monte monti moro "
        "natale neri nero neve orso pace palma palumbo pane pepe pesce piazza poli ponte porta prato primo re "
        "ricci ricco riva rizzo romano rosa rossa rossi rosso russo sala sale santa santo serena sereno serra sole "
        "speranza spina stella testa torre valle vento verde verdi villa viola vita vitale "
        # Dutch, Polish, Swedish
        "baas bakker beer berg bloem boer boom bos brouwer bruin dekker dijk dirk groen groot haan hert huis jong "
        "jonge kaas kat klein klerk koning kok kramer kroon kuiper lam leeuw lente molen mulder peters prins "
        "ridder roos schaap schilder slager smit smits snel snijder ster timmerman tuin veen visser vos vogel wit "
        "zee zomer zon zwaan zwart baran bąk biel chleb cichy czarny dąb dobra gaj góra groch gruszka jabłko kot "
        "kos kowal kozioł król kruk kwiatek lis maj malina mały mazur mróz nowak orzeł pająk pan pani piątek ptak "
        "róża rybak sroka stary szary słowik wilk wróbel zając zima ask berg björk blad blom dahl ek falk frisk "
        "gran hjort holm kvist lind ljung lund ros sjö sten stig ström vik viking äng "
    ).split()
)
TITLES = frozenset(
    (  # noqa: SIM905 - as above
        "mr mrs ms miss mx dr prof professor sir madam madame mme mlle monsieur m herr herrn frau fräulein sr sra "
        "srta señor señora señorita don doña senhor senhora seu dona sig signor signora signore dott dhr mevr "
        "meneer mevrouw mevr pan pani pana panią panem państwo herra rouva fru fröken hr shri smt "
    ).split()
)
PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "du",
        "la",
        "le",
        "los",
        "las",
        "ter",
        "ten",
        "te",
        "zu",
        "zur",
        "af",
        "av",
        "bin",
        "ibn",
        "al",
        "el",
        "y",
        "e",
    ]
)
EASTERN_TITLES = ("先生", "女士", "小姐", "太太", "老师", "经理", "师傅", "阿姨", "同学", "さん", "様", "씨", "님")
DOUBLE_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "夏侯",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "东方",
        "端木",
        "南宫",
        "司徒",
        "宇文",
        "长孙",
    ]
)
