# The web head's own words. A text with { $count } has its plural forms here.
skip = Skip to the content
home = Front page
shop = Shop
search = Search
search-label = Search the shop
search-hint = Coats, candles, chargers…
basket = Basket
language = Language
departments = Departments
departments-title = Four floors, one roof
help-nav = Help and visits
about = A department store of four houses and one website. Everything here was chosen by someone who would give it as a present.
demo = A demonstration shop: nothing is for sale, and nothing will be sent.
breadcrumbs = You are here
home-description = Coats, knitwear, phones, things for the home and gifts, chosen with care. Delivered to your door, or waiting for you in one of our four houses.
discover = Discover more
offer-today = Only today
promos-title = From our houses
looks-title = Worn together
look = The look
pieces-count = { $count ->
    [one] { $number } piece
   *[other] { $number } pieces
}

price-from = from { $price }
price-now = Now
price-was = Before
free = Free
stars-of = { $average } out of 5 stars, { $reviews }
stars-one = { $average } out of 5 stars
stars-count = { $count ->
    [one] { $number } star
   *[other] { $number } stars
}
colours-count = { $count ->
    [one] { $number } colour
   *[other] { $number } colours
}
badge-sold-out = Sold out
badge-sale = Reduced
badge-new = New
badge-bestseller = Bestseller
badge-sustainable = Kinder choice

results-for = Results for “{ $words }”
nothing-for = Nothing found for “{ $words }”
nothing-hint = Check the spelling, try a more general word, or have a look around below.
nothing-here = Nothing fits this choice. Take a filter away to see more.
suggestions = Have a look around
products = Products
sub-categories = Narrower categories
filters = Narrow and sort
chosen-filters = Chosen filters
remove-filter = Remove
remove-all = Remove all filters
apply = Show
sort = Sort by
sort-go = Sort
pages = Pages
page-of = Page { $page } of { $pages }
page-number = Page { $page }
previous = Previous
next = Next

pictures = Pictures
about-product = About it
details = Details
sku = Item number
show-choice = Show this choice
not-made = Not made in this combination
quantity = Quantity
add = Add to basket
in-stores = See it in a store
store = Store
availability = Availability
reviews = Reviews
reviews-spread = How many stars were given how often
reviews-none = Nobody has written about it yet.
reviews-newer = Newer reviews
reviews-older = Older reviews
related = Goes well with it
most-pieces = { $count ->
    [one] At most { $number } piece.
   *[other] At most { $number } pieces.
}

added = It is in your basket.
basket-empty = There is nothing in your basket yet.
go-shopping = Look around
go-on-shopping = Go on shopping
update = Update
remove = Remove
line-total = Total of this line
summary = Summary
subtotal = Goods
delivery = Delivery
total = Total, tax included
code = Offer code
apply-code = Use code
code-idle = has no effect yet
to-checkout = To checkout

checkout = Checkout
who = Who is ordering?
name = Full name
email = E-mail
email-hint = Only for news of this order.
how = How should it reach you?
way-ship = Deliver to an address
way-pickup = Collect from a store
address = Where to?
street = Street and number
city = Town
postcode = Postcode
country = Country
country-GB = United Kingdom
country-DE = Germany
country-JP = Japan
choose-store = Which store?
place-order = Place the order
place-hint = This is a demonstration: no payment is taken and nothing is sent.
back-to-basket = Back to the basket
wrong-name = Please enter your name.
wrong-email = Please enter an e-mail address, such as name@example.com.
wrong-street = Please enter the street and number.
wrong-city = Please enter the town.
wrong-postcode = Please enter a postcode of that country.
wrong-country = Please choose a country that we deliver to.
wrong-store = Please choose a store.

thank-you = Thank you. It is ordered.
your-order = Your order
order-number = Order { $number }
order-placed-at = Placed on { $time }.
order-collected = Collected
order-keep = Keep the address of this page: it shows how far your order is.
expected-ready = Ready to collect from { $time }.
expected-delivery = With you by { $time }.
progress = How far it is
done = done
what-you-bought = What you bought
collect-from = Collect from
find-intro = The number is in your confirmation and on the page that thanked you.
order-id = Order number
find-order = Find it
latest-order = Your latest order

stores = Stores
stores-intro = Four houses with people in them who know what they sell. Come in; nobody will hurry you.
open-now = Open now
closed-now = Closed now
opening-hours = Opening hours
hours = { $from } – { $to }
services = In this store
map = Show on a map
list-comma = { ", " }
day-1 = Mon
day-2 = Tue
day-3 = Wed
day-4 = Thu
day-5 = Fri
day-6 = Sat
day-7 = Sun
service-click-and-collect = Click and collect
service-personal-styling = Personal styling
service-gift-wrapping = Gift wrapping
service-screen-fitting = Screen protectors fitted
service-alterations = Alterations

title-not-found = That is not on any of our floors
title-failed = We are having a difficult moment
title-refused = That did not work
no-such-product = This product is not with us, or not any more. Perhaps one of its neighbours will do.
no-such-category = There is no such department, or it has fewer pages.
no-such-order = We know no order of that number. Please check it, letter by letter.
cut-off = The end of this page is missing: the connection broke off. Please load it again.
again = Try again
to-home = To the front page

privacy = Your privacy
privacy-intro = We keep only what you allow, under a number that is not your name.
privacy-signal = Your browser asks every site not to follow you. We do not, whatever you press here.
privacy-agreed = You agreed to
privacy-known = What we know of you
privacy-unknown = We know nothing of you but what is in your basket.
privacy-forget = Forget me
purpose-personalisation = being recognised when you come back, and shown what suits you
purpose-analytics = being counted
purpose-marketing = offers that fit what you bought
known-visits = Visits
known-orders = Orders
known-bought = Products you bought, so that we do not recommend them again
known-categories = Departments you looked at, the latest first
known-tier = Loyalty
known-wishes = Your wish list
consent-title = May we remember you?
consent-text = Then you see offers and departments that suit you. You can be forgotten at any time.
consent-more = What we keep
consent-yes = Yes, remember me
consent-no = No, thank you
close = Close
farewell-text = Your basket is as you left it. This one is for today.
farewell-take = Take it off my basket
beside = Goes well with your basket

sign-in = Sign in
sign-in-intro = With your e-mail address and the password of this shop. Your basket comes along.
sign-in-over = Your sign-in has ended. Please sign in again; your basket is as it was.
sign-in-busy = The shop takes no more sign-ins for now. Please wait a few minutes, then try again.
sign-out = Sign out
password = Password
wrong-password = Please enter your password.
account = Your account
greeting = Hello, { $name }
account-orders = Your latest orders
account-no-orders = You have not ordered anything yet.
account-orders-silent = Your orders cannot be shown just now. They are safe; please look again in a moment.
account-wishes = Your wish list
account-letters = Our letters
letters-yes = You get them
letters-no = You do not get any
tier-silver = Silver
tier-gold = Gold
tier-platinum = Platinum
