# The TV head.
home-title = Home
home-today = Today at Larkspur & Finch
home-departments = Departments
home-looks = The looks
open = Have a look
price-from = from { $price }

badge-today = Today only
badge-sale = Reduced
badge-new = New
badge-bestseller = Bestseller

refine = Filter
show-results = { $count ->
    [0] Nothing left: show all
    [one] Show { $number } product
   *[other] Show { $number } products
}

add-to-cart = Add to basket
more-in = More in { $category }
related = Goes well with it

search = Search
search-hint = What are you looking for?
suggestions = Suggestions

cart = Basket
cart-empty = Your basket is empty
cart-empty-text = Add something from the sofa and finish on your phone whenever you like.
start-shopping = Start shopping
cart-subtotal = Subtotal
cart-delivery = Delivery
cart-beside = Goes well with your basket
cart-less = One { $product } fewer
cart-more = One { $product } more
cart-remove = Remove { $product }
cart-total = Total

checkout-title = Check out on your phone
checkout-text = Point your phone's camera at the code. Your basket opens there, ready to pay.
checkout-code = If your phone asks

continue-title = Open the TV's basket here?
continue-text = This phone already has a basket. Opening the TV's basket replaces it. Go on only if your TV shows the same letters.
continue-code = Your TV shows
continue-confirm = Yes, open the TV's basket
continue-keep = No, keep my basket
continue-late = This code has expired
continue-late-text = Codes work for fifteen minutes. Open the basket on your TV again and scan the new code.

error-title = That did not work
error-retry = Try again
error-home = Back to home

tv-title = Larkspur & Finch on TV
menu = Main menu
language = Language
loading = One moment
offline = The TV cannot reach the shop. Please check the connection.
added = In your basket
space = Space
delete = Delete
clear = Clear

consent-title = May we remember you and show you offers that suit you?
consent-yes = Yes, remember me
consent-no = No, thank you
consent-known = You allowed us to remember you
consent-forget = Forget me
consent-given = We will remember you
consent-refused = We know nothing of you but your basket
leaving-text = Your basket is as you left it. This one is for today.
leaving-take = Take it off my basket
leaving-leave = No, thank you
