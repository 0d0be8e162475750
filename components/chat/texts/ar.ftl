chat-title = تحدّث معنا
chat-intro = اسأل عن أي شيء نبيعه، أو أضفه إلى سلتك، أو اعثر على متجر.
chat-log = المحادثة
chat-you = أنت
chat-shop = Larkspur & Finch
chat-message = رسالتك
chat-placeholder = جرّب «وشاح دافئ» أو «الثاني»
chat-send = إرسال
chat-typing = فينش يكتب…
chat-offline = لم تصلنا رسالتك. يُرجى التحقق من الاتصال وإرسالها مرة أخرى.
chat-back = العودة إلى المتجر
chat-again = ابدأ من جديد
chat-language = اللغة
chat-too-long = هذه أكثر من { $number } حرف. تكفي جملة أو اثنتان.
chat-empty = اكتب بضع كلمات، أو اضغط أحد الأزرار.

greeting = أهلًا بك، أنا فينش. ماذا أجد لك اليوم؟
thanks = على الرحب والسعة. أنا هنا متى احتجت إليّ.
go-on = حسنًا. ماذا تودّ أن تفعل؟
help =
    اكتب كما لو كنت تحدّث بائعًا في المتجر. مثلًا:
    • «معاطف مطرية» أو «وشاح دافئ»
    • «الثاني»، ثم «أضف اثنين»
    • «ماذا في سلتي؟»
    • «هل هو متوفر في ليدز؟»
    • «أين طلبي؟»
person =
    يسعد فريقنا بمساعدتك. اتصل بالرقم ‎+44 20 7946 0142 من التاسعة صباحًا إلى السادسة مساءً، من الاثنين إلى السبت، أو زُر أي متجر من متاجرنا.

button-help = مساعدة
button-details = التفاصيل
button-add = أضف إلى السلة
button-cart = السلة
button-checkout = إتمام الشراء
button-departments = الأقسام
button-stores = المتاجر
button-offer = عرض اليوم
button-more = المزيد
button-stock = في المتاجر
button-person = التحدث مع موظف
button-undo = تراجع
button-one-more = زِد واحدًا
button-one-less = أنقِص واحدًا
button-remove = إزالة

search-found = { $count ->
    [one] وجدت منتجًا واحدًا:
    [two] وجدت منتجين:
    [few] وجدت { $number } منتجات:
    [many] وجدت { $number } منتجًا:
   *[other] وجدت { $number } منتج:
}
search-nothing = لم أجد شيئًا عن «{ $words }». ربما في أحد أقسامنا؟
department-found = { $count ->
    [one] { $name }: منتج واحد
    [two] { $name }: منتجان
    [few] { $name }: { $number } منتجات
    [many] { $name }: { $number } منتجًا
   *[other] { $name }: { $number } منتج
}
departments = أي قسم تودّ أن ترى؟
more-nothing = هذا كل ما لدينا. هل نبحث عن شيء آخر؟
list-comma = ،
price-from = من { $price }
rating = ★ { $stars } من { $count ->
    [one] تقييم واحد
    [two] تقييمين
    [few] { $number } تقييمات
    [many] { $number } تقييمًا
   *[other] { $number } تقييم
}
beside-product = يناسبه أيضًا:
beside-cart = يناسب ما في سلتك:
which-one = أيّها تقصد؟
no-such-place = { $count ->
    [one] عرضت عليك منتجًا واحدًا. هل أبحث عن غيره؟
    [two] عرضت عليك منتجين. أيّهما تقصد؟
    [few] عرضت عليك { $number } منتجات. أيّها تقصد؟
    [many] عرضت عليك { $number } منتجًا. أيّها تقصد؟
   *[other] عرضت عليك { $number } منتج. أيّها تقصد؟
}
nothing-shown = أخبرني عمّا تبحث عنه، وسأريك ما لدينا.
gone = لم يعد هذا المنتج لدينا. هل أبحث عن شيء يشبهه؟
choose = { $product }: اختر { $option }
no-such-variant = هذا الاختيار غير متوفر لدينا.
sold-out = نأسف، نفدت الكمية حاليًا.

added = أضفت إلى سلتك: { $number } × { $name }.
cart-sum = سلتك: { $items }، { $total }.
cart-discount = { $label }: −{ $amount }
cart-hidden = { $count ->
    [one] وبند آخر.
    [two] وبندان آخران.
    [few] و{ $number } بنود أخرى.
    [many] و{ $number } بندًا آخر.
   *[other] و{ $number } بند آخر.
}
cart-empty = سلتك فارغة.
cart-changed = تمّ.
cart-removed = أزلته من السلة.
line-pieces = { $number } × { $price }
too-many = أستطيع إضافة { $number } في المرة الواحدة. للمزيد، اتصل بنا من فضلك.
done-before = سبق أن وصلتني هذه الرسالة، فلم أغيّر شيئًا. هذه سلتك.
no-such-line = هذا ليس في سلتك.
which-line = أيّها تقصد؟
checkout = التوصيل والدفع يتمّان في موقعنا عبر اتصال آمن.

order-which = أي طلب؟ اكتب رقمه كما ورد في رسالة التأكيد.
order-unknown = لا أجد طلبًا برقم { $number }. يُرجى التحقق من الرقم في رسالة التأكيد.
order-state = الطلب { $number }: { $state }
order-expected = الموعد المتوقع { $date }
order-pickup = الاستلام من { $store }، { $address }
order-sum = { $items }، { $total }

stores-all = متاجرنا:
stores-near = ستجدنا هنا:
stores-none-near = لا أعرف متجرًا لنا في { $town }. هذه متاجرنا كلها:
stock-of = هل «{ $name }» متوفر هناك؟
stock-heading = { $name } في متاجرنا:
stock-line = • { $store }: { $level }
open-today = مفتوح اليوم من { $open } إلى { $close }
closed-today = مغلق اليوم
offer-none = لا عرض خاصًا اليوم، لكن لدينا الكثير لتراه.

cut-cards = { $count ->
    [one] ومنتج آخر لم يتّسع له المكان.
    [two] ومنتجان آخران لم يتّسع لهما المكان.
    [few] و{ $number } منتجات أخرى لم يتّسع لها المكان.
    [many] و{ $number } منتجًا آخر لم يتّسع لها المكان.
   *[other] و{ $number } منتج آخر لم يتّسع لها المكان.
}
cut-text = لم يتّسع المكان للبقية.
handover-title = سلتك من المحادثة
handover-go = متابعة إلى الدفع
handover-stale = انتهت صلاحية هذا الرابط. اكتب «الدفع» في المحادثة مرة أخرى.

consent-ask = هل تسمح لي بأن أتذكرك حين تعود؟ عندها أعرض لك ما يناسبك من عروض.
button-remember = نعم، تذكرني
button-no-thanks = لا، شكرًا
button-forget = انسني
remembered = سأتذكرك. اكتب «انسني» متى شئت.
remembering-forbidden = يطلب متصفحك من كل المواقع ألا تتذكرك، وأنا ألتزم بذلك.
forgotten = حسنًا. لا أعرف عنك إلا ما في سلتك.
farewell = سلتك كما تركتها، ولك اليوم: { $offer }.
button-take = اخصمه من سلتي
offer-taken = تم. سيُخصم من سلتك.
