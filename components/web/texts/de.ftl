# Die Worte der Website. Texte mit { $count } haben hier ihre Mehrzahlformen.
skip = Zum Inhalt springen
home = Startseite
shop = Einkaufen
search = Suchen
search-label = Im Shop suchen
search-hint = Mäntel, Kerzen, Ladegeräte …
basket = Warenkorb
language = Sprache
departments = Abteilungen
departments-title = Vier Etagen, ein Dach
help-nav = Hilfe und Besuch
about = Ein Kaufhaus mit vier Häusern und einer Website. Alles hier hat jemand ausgesucht, der es auch verschenken würde.
demo = Ein Vorführshop: Hier wird nichts verkauft und nichts verschickt.
breadcrumbs = Sie sind hier
home-description = Mäntel, Strick, Telefone, Schönes für zu Hause und Geschenke, mit Sorgfalt ausgesucht. Nach Hause geliefert oder in einem unserer vier Häuser abzuholen.
discover = Mehr entdecken
offer-today = Nur heute
promos-title = Aus unseren Häusern
looks-title = Zusammen getragen
look = Der Look
pieces-count = { $count ->
    [one] { $number } Teil
   *[other] { $number } Teile
}

price-from = ab { $price }
price-now = Jetzt
price-was = Vorher
free = Kostenlos
stars-of = { $average } von 5 Sternen, { $reviews }
stars-one = { $average } von 5 Sternen
stars-count = { $count ->
    [one] { $number } Stern
   *[other] { $number } Sterne
}
colours-count = { $count ->
    [one] { $number } Farbe
   *[other] { $number } Farben
}
badge-sold-out = Ausverkauft
badge-sale = Reduziert
badge-new = Neu
badge-bestseller = Beliebt
badge-sustainable = Mit Rücksicht

results-for = Ergebnisse für „{ $words }“
nothing-for = Nichts gefunden für „{ $words }“
nothing-hint = Prüfen Sie die Schreibweise, versuchen Sie es mit einem allgemeineren Wort oder sehen Sie sich unten um.
nothing-here = Zu dieser Auswahl passt nichts. Nehmen Sie einen Filter weg, um mehr zu sehen.
suggestions = Sehen Sie sich um
products = Produkte
sub-categories = Unterkategorien
filters = Eingrenzen und sortieren
chosen-filters = Gewählte Filter
remove-filter = Entfernen:
remove-all = Alle Filter entfernen
apply = Anzeigen
sort = Sortieren nach
sort-go = Sortieren
pages = Seiten
page-of = Seite { $page } von { $pages }
page-number = Seite { $page }
previous = Zurück
next = Weiter

pictures = Bilder
about-product = Zum Produkt
details = Einzelheiten
sku = Artikelnummer
show-choice = Auswahl anzeigen
not-made = In dieser Kombination nicht erhältlich
quantity = Menge
add = In den Warenkorb
in-stores = Im Haus ansehen
store = Haus
availability = Verfügbarkeit
reviews = Bewertungen
reviews-spread = Wie oft wie viele Sterne vergeben wurden
reviews-none = Noch hat niemand etwas dazu geschrieben.
reviews-newer = Neuere Bewertungen
reviews-older = Ältere Bewertungen
related = Passt gut dazu
most-pieces = { $count ->
    [one] Höchstens { $number } Stück.
   *[other] Höchstens { $number } Stück.
}

added = Liegt in Ihrem Warenkorb.
basket-empty = In Ihrem Warenkorb liegt noch nichts.
go-shopping = Umsehen
go-on-shopping = Weiter einkaufen
update = Ändern
remove = Entfernen
line-total = Summe dieser Zeile
summary = Übersicht
subtotal = Waren
delivery = Lieferung
total = Gesamtsumme inkl. MwSt.
code = Aktionscode
apply-code = Einlösen
code-idle = noch ohne Wirkung
to-checkout = Zur Kasse

checkout = Kasse
who = Wer bestellt?
name = Vor- und Nachname
email = E-Mail
email-hint = Nur für Nachrichten zu dieser Bestellung.
how = Wie soll es zu Ihnen kommen?
way-ship = An eine Adresse liefern
way-pickup = Im Haus abholen
address = Wohin?
street = Straße und Hausnummer
city = Ort
postcode = Postleitzahl
country = Land
country-GB = Vereinigtes Königreich
country-DE = Deutschland
country-JP = Japan
choose-store = In welchem Haus?
place-order = Bestellung abschicken
place-hint = Dies ist eine Vorführung: Es wird nichts abgebucht und nichts verschickt.
back-to-basket = Zurück zum Warenkorb
wrong-name = Bitte geben Sie Ihren Namen ein.
wrong-email = Bitte geben Sie eine E-Mail-Adresse ein, etwa name@example.com.
wrong-street = Bitte geben Sie Straße und Hausnummer ein.
wrong-city = Bitte geben Sie den Ort ein.
wrong-postcode = Bitte geben Sie eine Postleitzahl dieses Landes ein.
wrong-country = Bitte wählen Sie ein Land, in das wir liefern.
wrong-store = Bitte wählen Sie ein Haus.

thank-you = Vielen Dank für Ihre Bestellung.
your-order = Ihre Bestellung
order-number = Bestellung { $number }
order-placed-at = Bestellt am { $time }.
order-collected = Abgeholt
order-keep = Merken Sie sich die Adresse dieser Seite: Sie zeigt, wie weit Ihre Bestellung ist.
expected-ready = Abholbereit ab { $time }.
expected-delivery = Bei Ihnen bis { $time }.
progress = Stand der Bestellung
done = erledigt
what-you-bought = Was Sie gekauft haben
collect-from = Abholen bei
find-intro = Die Nummer steht in Ihrer Bestätigung und auf der Seite nach der Bestellung.
order-id = Bestellnummer
find-order = Anzeigen
latest-order = Ihre letzte Bestellung

stores = Häuser
stores-intro = Vier Häuser mit Menschen, die kennen, was sie verkaufen. Treten Sie ein; niemand drängt Sie.
open-now = Jetzt geöffnet
closed-now = Jetzt geschlossen
opening-hours = Öffnungszeiten
hours = { $from } – { $to }
services = In diesem Haus
map = Auf der Karte zeigen
list-comma = { ", " }
day-1 = Mo
day-2 = Di
day-3 = Mi
day-4 = Do
day-5 = Fr
day-6 = Sa
day-7 = So
service-click-and-collect = Online bestellen, hier abholen
service-personal-styling = Stilberatung
service-gift-wrapping = Geschenke einpacken
service-screen-fitting = Displayschutz anbringen
service-alterations = Änderungsschneiderei

title-not-found = Das liegt auf keiner unserer Etagen
title-failed = Wir haben gerade einen schwierigen Moment
title-refused = Das hat nicht geklappt
no-such-product = Dieses Produkt führen wir nicht oder nicht mehr. Vielleicht passt eines aus der Nachbarschaft.
no-such-category = Diese Abteilung gibt es nicht, oder sie hat weniger Seiten.
no-such-order = Eine Bestellung mit dieser Nummer kennen wir nicht. Bitte prüfen Sie sie Zeichen für Zeichen.
cut-off = Das Ende dieser Seite fehlt: Die Verbindung ist abgebrochen. Bitte laden Sie sie neu.
again = Noch einmal versuchen
to-home = Zur Startseite

privacy = Ihre Privatsphäre
privacy-intro = Wir merken uns nur, was Sie erlauben, unter einer Nummer statt Ihrem Namen.
privacy-signal = Ihr Browser bittet alle Seiten, Ihnen nicht zu folgen. Wir tun es nicht, was immer Sie hier wählen.
privacy-agreed = Sie haben zugestimmt
privacy-known = Was wir von Ihnen wissen
privacy-unknown = Wir wissen von Ihnen nur, was in Ihrem Warenkorb liegt.
privacy-forget = Vergessen Sie mich
purpose-personalisation = wiedererkannt zu werden und zu sehen, was zu Ihnen passt
purpose-analytics = mitgezählt zu werden
purpose-marketing = Angeboten, die zu Ihren Einkäufen passen
known-visits = Besuche
known-orders = Bestellungen
known-bought = Gekaufte Artikel, damit wir sie nicht noch einmal empfehlen
known-categories = Abteilungen, die Sie angesehen haben, die letzte zuerst
known-tier = Treuestufe
known-wishes = Ihr Wunschzettel
consent-title = Dürfen wir uns an Sie erinnern?
consent-text = Dann sehen Sie Angebote und Abteilungen, die zu Ihnen passen. Sie können jederzeit vergessen werden.
consent-more = Was wir uns merken
consent-yes = Ja, gern
consent-no = Nein, danke
close = Schließen
farewell-text = Ihr Warenkorb bleibt, wie er ist. Dieses Angebot gilt heute.
farewell-take = Vom Warenkorb abziehen
beside = Passt zu Ihrem Warenkorb

sign-in = Anmelden
sign-in-intro = Mit Ihrer E-Mail-Adresse und dem Passwort dieses Hauses. Ihr Warenkorb kommt mit.
sign-in-over = Ihre Anmeldung ist abgelaufen. Bitte melden Sie sich noch einmal an; Ihr Warenkorb ist, wie er war.
sign-in-busy = Im Moment werden keine weiteren Anmeldungen angenommen. Bitte warten Sie einige Minuten und versuchen Sie es dann noch einmal.
sign-out = Abmelden
password = Passwort
wrong-password = Bitte geben Sie Ihr Passwort ein.
account = Ihr Konto
greeting = Guten Tag, { $name }
account-orders = Ihre letzten Bestellungen
account-no-orders = Sie haben noch nichts bestellt.
account-orders-silent = Ihre Bestellungen lassen sich gerade nicht zeigen. Sie sind sicher; bitte schauen Sie gleich noch einmal.
account-wishes = Ihr Wunschzettel
account-letters = Unsere Briefe
letters-yes = Sie bekommen sie
letters-no = Sie bekommen keine
tier-silver = Silber
tier-gold = Gold
tier-platinum = Platin
