# Der Uhren-Head.
offer-title = Angebot des Tages
offer-was = statt { $price }
price-from = ab { $price }
as-of = Stand { $time }
cart-title = Warenkorb
cart-empty = Noch nichts darin
order-title = Ihre Bestellung
order-expected = erwartet { $when }
pickup-title = Abholbereit
pickup-text = Liegt für Sie bereit: { $store }
pickup-open = geöffnet bis { $time }
error-title = Einen Moment
no-order = Es gibt noch keine Bestellung.
no-offer = Heute gibt es kein Angebot.
nothing-waits = Es liegt nichts zur Abholung bereit.

watch-title = Larkspur & Finch auf der Uhr
watch-heading = Am Handgelenk
watch-intro = Das Angebot des Tages, Ihr Warenkorb und Ihre Bestellung auf einen Blick.
previous = Vorherige Anzeige
next = Nächste Anzeige
loading = Einen Moment
offline = Die Uhr erreicht den Shop nicht.
hint = Mit Pfeiltasten, Knöpfen oder Wischen blättern.
updated = Aktualisiert
