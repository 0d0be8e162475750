# Der TV-Head.
home-title = Start
home-today = Heute bei Larkspur & Finch
home-departments = Abteilungen
home-looks = Die Looks
open = Ansehen
price-from = ab { $price }

badge-today = Nur heute
badge-sale = Reduziert
badge-new = Neu
badge-bestseller = Bestseller

refine = Filtern
show-results = { $count ->
    [0] Nichts übrig: alles zeigen
    [one] { $number } Produkt zeigen
   *[other] { $number } Produkte zeigen
}

add-to-cart = In den Warenkorb
more-in = Mehr aus { $category }
related = Passt gut dazu

search = Suche
search-hint = Wonach suchen Sie?
suggestions = Vorschläge

cart = Warenkorb
cart-empty = Ihr Warenkorb ist leer
cart-empty-text = Suchen Sie vom Sofa aus etwas Schönes aus und bezahlen Sie in Ruhe auf dem Telefon.
start-shopping = Jetzt stöbern
cart-subtotal = Zwischensumme
cart-delivery = Versand
cart-beside = Passt zu Ihrem Warenkorb
cart-less = { $product }: einmal weniger
cart-more = { $product }: einmal mehr
cart-remove = { $product } entfernen
cart-total = Gesamt

checkout-title = Auf dem Telefon bezahlen
checkout-text = Richten Sie die Kamera Ihres Telefons auf den Code. Ihr Warenkorb öffnet sich dort, bereit zum Bezahlen.
checkout-code = Falls das Telefon fragt

continue-title = Warenkorb vom Fernseher hier öffnen?
continue-text = Auf diesem Telefon gibt es schon einen Warenkorb; er würde ersetzt. Fahren Sie nur fort, wenn Ihr Fernseher dieselben Zeichen zeigt.
continue-code = Ihr Fernseher zeigt
continue-confirm = Ja, Warenkorb vom Fernseher öffnen
continue-keep = Nein, meinen Warenkorb behalten
continue-late = Dieser Code ist abgelaufen
continue-late-text = Codes gelten fünfzehn Minuten. Öffnen Sie den Warenkorb am Fernseher noch einmal und scannen Sie den neuen Code.

error-title = Das hat nicht geklappt
error-retry = Noch einmal versuchen
error-home = Zur Startseite

tv-title = Larkspur & Finch auf dem Fernseher
menu = Hauptmenü
language = Sprache
loading = Einen Moment
offline = Der Fernseher erreicht den Shop nicht. Bitte prüfen Sie die Verbindung.
added = Liegt im Warenkorb
space = Leerzeichen
delete = Löschen
clear = Leeren

consent-title = Dürfen wir uns an Sie erinnern und Ihnen passende Angebote zeigen?
consent-yes = Ja, gern
consent-no = Nein, danke
consent-known = Sie haben uns erlaubt, uns an Sie zu erinnern
consent-forget = Vergessen Sie mich
consent-given = Wir erinnern uns an Sie
consent-refused = Wir wissen von Ihnen nur, was im Warenkorb liegt
leaving-text = Ihr Warenkorb bleibt, wie er ist. Dieses Angebot gilt heute.
leaving-take = Vom Warenkorb abziehen
leaving-leave = Nein, danke
