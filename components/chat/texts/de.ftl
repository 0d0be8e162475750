chat-title = Schreiben Sie uns
chat-intro = Fragen Sie nach allem, was wir haben, legen Sie es in den Warenkorb oder finden Sie ein Haus.
chat-log = Unterhaltung
chat-you = Sie
chat-shop = Larkspur & Finch
chat-message = Ihre Nachricht
chat-placeholder = Zum Beispiel „ein warmer Schal“ oder „das zweite“
chat-send = Senden
chat-typing = Finch schreibt …
chat-offline = Das kam nicht bei uns an. Bitte prüfen Sie Ihre Verbindung und senden Sie es noch einmal.
chat-back = Zurück zum Shop
chat-again = Neu beginnen
chat-language = Sprache
chat-too-long = Das waren mehr als { $number } Zeichen. Ein, zwei Sätze genügen.
chat-empty = Schreiben Sie bitte ein paar Worte, oder drücken Sie einen der Knöpfe.

greeting = Guten Tag, ich bin Finch. Was darf ich Ihnen heute zeigen?
thanks = Sehr gern. Ich bin da, wenn Sie mich brauchen.
go-on = In Ordnung. Was möchten Sie tun?
help =
    Schreiben Sie einfach wie im Laden. Zum Beispiel:
    • „Trenchcoats“ oder „ein Geschenk aus Leinen“
    • „das zweite“, dann „leg zwei davon in den Warenkorb“
    • „Was ist in meinem Warenkorb?“
    • „Ist es in Leeds vorrätig?“
    • „Wo ist meine Bestellung?“
person =
    Unsere Leute helfen Ihnen gern: telefonisch unter +44 20 7946 0142, montags bis samstags von 9 bis 18 Uhr, oder in jedem unserer Häuser.

button-help = Hilfe
button-details = Einzelheiten
button-add = In den Warenkorb
button-cart = Warenkorb
button-checkout = Zur Kasse
button-departments = Abteilungen
button-stores = Häuser
button-offer = Angebot des Tages
button-more = Mehr zeigen
button-stock = In den Häusern
button-person = Mit jemandem sprechen
button-undo = Rückgängig
button-one-more = Eins mehr
button-one-less = Eins weniger
button-remove = Entfernen

search-found = { $count ->
    [one] Ich habe ein Produkt gefunden:
   *[other] Ich habe { $number } Produkte gefunden:
}
search-nothing = Zu „{ $words }“ habe ich nichts gefunden. Vielleicht in einer unserer Abteilungen?
department-found = { $count ->
    [one] { $name }: ein Produkt
   *[other] { $name }: { $number } Produkte
}
departments = Welche Abteilung möchten Sie sehen?
more-nothing = Das ist alles. Wollen wir nach etwas anderem schauen?
list-comma = ,
price-from = ab { $price }
rating = ★ { $stars } aus { $count ->
    [one] { $number } Bewertung
   *[other] { $number } Bewertungen
}
beside-product = Passt gut dazu:
beside-cart = Passt zu Ihrem Warenkorb:
which-one = Welches meinen Sie?
no-such-place = { $count ->
    [one] Ich hatte Ihnen ein Produkt gezeigt. Soll ich ein anderes suchen?
   *[other] Ich hatte Ihnen { $number } Produkte gezeigt. Welches davon meinen Sie?
}
nothing-shown = Sagen Sie mir, was Sie suchen, und ich zeige Ihnen, was wir haben.
gone = Das haben wir nicht mehr. Soll ich etwas Ähnliches suchen?
choose = { $product } – bitte wählen Sie: { $option }
no-such-variant = Diese Kombination haben wir nicht.
sold-out = Das ist leider gerade ausverkauft.

added = { $number } × { $name } liegt im Warenkorb.
cart-sum = Ihr Warenkorb: { $items }, { $total }.
cart-discount = { $label }: −{ $amount }
cart-hidden = { $count ->
    [one] Und { $number } weitere Zeile.
   *[other] Und { $number } weitere Zeilen.
}
cart-empty = Ihr Warenkorb ist leer.
cart-changed = Erledigt.
cart-removed = Herausgenommen.
line-pieces = { $number } × { $price }
too-many = Ich kann bis zu { $number } auf einmal hineinlegen. Für mehr rufen Sie uns bitte an.
done-before = Diese Nachricht hatte ich schon, darum habe ich nichts geändert. Hier ist Ihr Warenkorb.
no-such-line = Das liegt nicht in Ihrem Warenkorb.
which-line = Welches meinen Sie?
checkout = Lieferung und Zahlung erledigen Sie auf unserer Website, über eine sichere Verbindung.

order-which = Welche Bestellung? Schreiben Sie mir die Nummer aus Ihrer Bestätigung.
order-unknown = Eine Bestellung { $number } finde ich nicht. Bitte prüfen Sie die Nummer in Ihrer Bestätigung.
order-state = Bestellung { $number }: { $state }
order-expected = Voraussichtlich { $date }
order-pickup = Abzuholen bei { $store }, { $address }
order-sum = { $items }, { $total }

stores-all = Unsere Häuser:
stores-near = Hier finden Sie uns:
stores-none-near = In { $town } kenne ich kein Haus von uns. Das sind alle:
stock-of = Gibt es „{ $name }“ dort?
stock-heading = { $name } in unseren Häusern:
stock-line = • { $store }: { $level }
open-today = Heute geöffnet von { $open } bis { $close }
closed-today = Heute geschlossen
offer-none = Heute gibt es kein besonderes Angebot, aber viel zu sehen.

cut-cards = { $count ->
    [one] Eines mehr passt hier nicht hinein.
   *[other] { $number } weitere passen hier nicht hinein.
}
cut-text = Der Rest passt hier nicht hinein.
handover-title = Ihr Warenkorb aus dem Chat
handover-go = Weiter zur Kasse
handover-stale = Dieser Link ist abgelaufen. Schreiben Sie im Chat noch einmal „zur Kasse“.

consent-ask = Darf ich mich an Sie erinnern, wenn Sie wiederkommen? Dann kann ich Ihnen passende Angebote zeigen.
button-remember = Ja, gern
button-no-thanks = Nein, danke
button-forget = Vergessen Sie mich
remembered = Ich erinnere mich an Sie. Schreiben Sie „vergessen Sie mich“, wann immer Sie möchten.
remembering-forbidden = Ihr Browser bittet alle Seiten, sich nicht an Sie zu erinnern. Daran halte ich mich.
forgotten = In Ordnung. Ich weiß von Ihnen nur, was in Ihrem Warenkorb liegt.
farewell = Ihr Warenkorb ist noch so, wie Sie ihn verlassen haben, und heute gibt es etwas für Sie: { $offer }.
button-take = Vom Warenkorb abziehen
offer-taken = Erledigt. Es wird von Ihrem Warenkorb abgezogen.
