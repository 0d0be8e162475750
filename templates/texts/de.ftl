# Wörter, die jeder Head brauchen kann.
shop-name = Larkspur & Finch

stock-in-stock = Auf Lager
stock-low-stock = Nur noch wenige da
stock-out-of-stock = Ausverkauft
stock-left = { $count ->
    [one] Nur noch { $number } Stück
   *[other] Nur noch { $number } Stück
}

as-of = Preise und Bestand: Stand { $time }
stock-as-of = Bestand: Stand { $time }

items = { $count ->
    [one] { $number } Artikel
   *[other] { $number } Artikel
}
results = { $count ->
    [0] Nichts gefunden
    [one] { $number } Produkt
   *[other] { $number } Produkte
}
reviews-count = { $count ->
    [one] { $number } Bewertung
   *[other] { $number } Bewertungen
}

order-placed = Bestellung eingegangen
order-packing = Wird gepackt
order-ready-for-pickup = Abholbereit
order-shipped = Unterwegs
order-delivered = Zugestellt
order-cancelled = Storniert

sort-relevance = Empfohlen
sort-price_ascending = Preis aufsteigend
sort-price_descending = Preis absteigend
sort-newest = Neueste
sort-rating = Am besten bewertet
sort-name = Name

failure-not-found = Das konnten wir nicht finden.
failure-unknown-market = Dort verkaufen wir noch nicht.
failure-method-not-allowed = Das geht hier nicht.
failure-bad-input = Etwas in der Adresse oder im Formular ist nicht lesbar.
failure-cross-site = Diese Änderung kam von einer anderen Website; es wurde nichts geändert. Bitte nutzen Sie unsere eigene Seite.
failure-body-too-large = Das war mehr, als wir annehmen können.
failure-unsupported-media = Das kam in einer Form, die wir nicht lesen.
failure-out-of-stock = So viele sind nicht mehr da. Ihr Warenkorb ist unverändert.
failure-quantity-limit = Das ist mehr, als eine Bestellung fassen kann. Ihr Warenkorb ist unverändert.
failure-unknown-variant = Diese Auswahl gibt es nicht. Bitte wählen Sie neu.
failure-unknown-line = Dieser Artikel liegt nicht mehr in Ihrem Warenkorb.
failure-bad-code = Dieser Code gilt für diesen Warenkorb nicht.
failure-conflict = Ihr Warenkorb wurde auf einem anderen Bildschirm geändert. Bitte sehen Sie noch einmal nach.
failure-empty-cart = Ihr Warenkorb ist leer.
failure-bad-credentials = E-Mail-Adresse oder Passwort ist falsch.
failure-invalid = Bitte prüfen Sie Ihre Eingaben.
failure-unsupported = Das bietet dieser Shop nicht an.
failure-upstream-failed = Ein Teil des Shops antwortet nicht. Nichts von Ihnen ist verloren; bitte versuchen Sie es gleich noch einmal.
failure-upstream-late = Der Shop ist langsamer, als er sein sollte. Nichts von Ihnen ist verloren; bitte versuchen Sie es gleich noch einmal.
failure-internal = Bei uns ist etwas schiefgegangen. Nichts von Ihnen ist verloren.

offer-percent = { $number } % Rabatt
offer-amount = { $amount } Rabatt
offer-delivery-from = kostenlose Lieferung ab { $amount }
offer-delivery = kostenlose Lieferung
offer-lacks = Noch { $amount }, und die Lieferung ist kostenlos.
offer-for-you = Für Sie
offer-in-basket = Der Abzug steht von selbst in Ihrem Warenkorb.
offer-and = { $one } und { $other }
