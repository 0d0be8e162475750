# The watch head.
offer-title = Today's offer
offer-was = was { $price }
price-from = from { $price }
as-of = As of { $time }
cart-title = Basket
cart-empty = Nothing in it yet
order-title = Your order
order-expected = expected { $when }
pickup-title = Ready to collect
pickup-text = Waiting for you at { $store }
pickup-open = open until { $time }
error-title = Just a moment
no-order = There is no order yet.
no-offer = There is no offer today.
nothing-waits = Nothing is waiting to be collected.

watch-title = Larkspur & Finch on the watch
watch-heading = On your wrist
watch-intro = Today's offer, your basket and your order: one glance at a time.
previous = Previous glance
next = Next glance
loading = One moment
offline = The watch cannot reach the shop.
hint = Use the arrow keys, the buttons, or swipe.
updated = Updated
