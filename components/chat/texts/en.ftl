chat-title = Chat with us
chat-intro = Ask for anything we sell, put it in your basket, or find a store.
chat-log = Conversation
chat-you = You
chat-shop = Larkspur & Finch
chat-message = Your message
chat-placeholder = Try “a warm scarf” or “the second one”
chat-send = Send
chat-typing = Finch is typing…
chat-offline = That did not reach us. Please check your connection and send it again.
chat-back = Back to the shop
chat-again = Start again
chat-language = Language
chat-too-long = That was more than { $number } characters. A sentence or two is plenty.
chat-empty = Please write a few words, or press one of the buttons.

greeting = Hello, I am Finch. What can I find for you today?
thanks = A pleasure. I am here whenever you need me.
go-on = All right. What would you like to do?
help =
    Just write as you would to a shop assistant. For instance:
    • “trench coats” or “a wool scarf”
    • “the second one”, then “add two”
    • “what is in my basket”
    • “is it in stock in Leeds?”
    • “where is my order?”
person =
    Our people are happy to help. Call 020 7946 0142 between 9 am and 6 pm from Monday to Saturday, or drop in at any store.

button-help = Help
button-details = Details
button-add = Add to basket
button-cart = Basket
button-checkout = Checkout
button-departments = Departments
button-stores = Stores
button-offer = Today’s offer
button-more = Show more
button-stock = In stores
button-person = Talk to a person
button-undo = Undo
button-one-more = One more
button-one-less = One fewer
button-remove = Remove

search-found = { $count ->
    [one] I found one product:
   *[other] I found { $number } products:
}
search-nothing = I found nothing for “{ $words }”. Perhaps one of our departments?
department-found = { $count ->
    [one] { $name }: one product
   *[other] { $name }: { $number } products
}
departments = Which department would you like to see?
more-nothing = That is all there is. Shall we look for something else?
list-comma = ,
price-from = from { $price }
rating = ★ { $stars } from { $count ->
    [one] { $number } review
   *[other] { $number } reviews
}
beside-product = Goes well with it:
beside-cart = Goes well with your basket:
which-one = Which one do you mean?
no-such-place = { $count ->
    [one] I showed you one product. Shall I look for another?
   *[other] I showed you { $number } products. Which of them do you mean?
}
nothing-shown = Tell me what you are looking for, and I will show you what we have.
gone = We no longer have that one. Shall I look for something like it?
choose = { $product } – please choose: { $option }
no-such-variant = We do not have that combination.
sold-out = I am sorry, it is sold out just now.

added = Added { $number } × { $name }.
cart-sum = Your basket: { $items }, { $total }.
cart-discount = { $label }: −{ $amount }
cart-hidden = { $count ->
    [one] And { $number } more line.
   *[other] And { $number } more lines.
}
cart-empty = Your basket is empty.
cart-changed = Done.
cart-removed = Taken out.
line-pieces = { $number } × { $price }
too-many = I can add up to { $number } at a time. For more, please call us.
done-before = I had that message before, so I changed nothing. Here is your basket.
no-such-line = That is not in your basket.
which-line = Which one do you mean?
checkout = Delivery and payment are done on our website, over a secure connection.

order-which = Which order? Write its number as in your confirmation.
order-unknown = I cannot find an order { $number }. Please check the number in your confirmation.
order-state = Order { $number }: { $state }
order-expected = Expected { $date }
order-pickup = To collect from { $store }, { $address }
order-sum = { $items }, { $total }

stores-all = Our stores:
stores-near = You will find us here:
stores-none-near = I know no store in { $town }. Here are all of ours:
stock-of = Is “{ $name }” there?
stock-heading = { $name } in our stores:
stock-line = • { $store }: { $level }
open-today = Open today { $open } to { $close }
closed-today = Closed today
offer-none = There is no special offer today, but plenty to look at.

cut-cards = { $count ->
    [one] One more is left out here.
   *[other] { $number } more are left out here.
}
cut-text = The rest is left out here.
handover-title = Your basket from chat
handover-go = Continue to checkout
handover-stale = This link has expired. Ask for “checkout” in the chat again.

consent-ask = May I remember you when you come back? Then I can show you offers that suit you.
button-remember = Remember me
button-no-thanks = No, thank you
button-forget = Forget me
remembered = I will remember you. Say “forget me” whenever you like.
remembering-forbidden = Your browser asks every site not to remember you, so I do not.
forgotten = All right. I know nothing of you but what is in your basket.
farewell = Your basket is as you left it, and there is something for you today: { $offer }.
button-take = Take it off my basket
offer-taken = Done. It comes off your basket.
