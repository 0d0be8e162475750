# Words that every head may need. A text with { $count } has its plural forms here.
shop-name = Larkspur & Finch

stock-in-stock = In stock
stock-low-stock = Only a few left
stock-out-of-stock = Out of stock
stock-left = { $count ->
    [one] Only { $number } left
   *[other] Only { $number } left
}

as-of = Prices and stock as of { $time }
stock-as-of = Stock as of { $time }

items = { $count ->
    [one] { $number } item
   *[other] { $number } items
}
results = { $count ->
    [0] Nothing found
    [one] { $number } product
   *[other] { $number } products
}
reviews-count = { $count ->
    [one] { $number } review
   *[other] { $number } reviews
}

order-placed = Order received
order-packing = Being packed
order-ready-for-pickup = Ready to collect
order-shipped = On its way
order-delivered = Delivered
order-cancelled = Cancelled

sort-relevance = Recommended
sort-price_ascending = Price: low to high
sort-price_descending = Price: high to low
sort-newest = Newest
sort-rating = Best reviewed
sort-name = Name

failure-not-found = We could not find that.
failure-unknown-market = We do not sell there yet.
failure-method-not-allowed = That cannot be done here.
failure-bad-input = Something in the address or the form cannot be read.
failure-cross-site = This change came from another site, so nothing was changed. Please use our own page.
failure-body-too-large = That was more than we can take.
failure-unsupported-media = That was sent in a form that we do not read.
failure-out-of-stock = There are not that many left. Your basket is as it was.
failure-quantity-limit = That is more than one order can hold. Your basket is as it was.
failure-unknown-variant = That choice does not exist. Please choose again.
failure-unknown-line = That item is no longer in your basket.
failure-bad-code = That code does not work for this basket.
failure-conflict = Your basket was changed on another screen. Please look again.
failure-empty-cart = Your basket is empty.
failure-bad-credentials = The e-mail address or the password is wrong.
failure-invalid = Please check what you entered.
failure-unsupported = This shop does not offer that.
failure-upstream-failed = Part of the shop is not answering. Nothing of yours is lost; please try again in a moment.
failure-upstream-late = The shop is slower than it should be. Nothing of yours is lost; please try again in a moment.
failure-internal = Something went wrong on our side. Nothing of yours is lost.

offer-percent = { $number }% off
offer-amount = { $amount } off
offer-delivery-from = free delivery from { $amount }
offer-delivery = free delivery
offer-lacks = Add { $amount } more, and delivery is free.
offer-for-you = For you
offer-in-basket = It comes off in your basket by itself.
offer-and = { $one } and { $other }
