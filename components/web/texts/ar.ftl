# كلمات موقع الويب. النصوص التي تحمل { $count } تضم صيغ الجمع هنا.
skip = انتقل إلى المحتوى
home = الرئيسية
shop = التسوّق
search = بحث
search-label = ابحث في المتجر
search-hint = معاطف، شموع، شواحن…
basket = السلة
language = اللغة
departments = الأقسام
departments-title = أربعة طوابق تحت سقف واحد
help-nav = المساعدة والزيارة
about = متجر بأربعة فروع وموقع واحد. كل ما هنا اختاره شخص يسعده أن يهديه.
demo = متجر تجريبي: لا بيع هنا ولا شحن.
breadcrumbs = أنت هنا
home-description = معاطف وكنزات وهواتف ومستلزمات للبيت وهدايا اخترناها بعناية. تصلك إلى بابك، أو تنتظرك في أحد فروعنا الأربعة.
discover = اكتشف المزيد
offer-today = اليوم فقط
promos-title = من فروعنا
looks-title = إطلالات متكاملة
look = الإطلالة
pieces-count = { $count ->
    [one] قطعة واحدة
    [two] قطعتان
    [few] { $number } قطع
   *[other] { $number } قطعة
}

price-from = من { $price }
price-now = الآن
price-was = سابقًا
free = مجانًا
stars-of = { $average } من 5 نجوم، { $reviews }
stars-one = { $average } من 5 نجوم
stars-count = { $count ->
    [one] نجمة واحدة
    [two] نجمتان
    [few] { $number } نجوم
   *[other] { $number } نجمة
}
colours-count = { $count ->
    [one] لون واحد
    [two] لونان
    [few] { $number } ألوان
   *[other] { $number } لونًا
}
badge-sold-out = نفد
badge-sale = مخفّض
badge-new = جديد
badge-bestseller = الأكثر مبيعًا
badge-sustainable = خيار مسؤول

results-for = نتائج البحث عن «{ $words }»
nothing-for = لا نتائج عن «{ $words }»
nothing-hint = تحقّق من الإملاء، أو جرّب كلمة أعمّ، أو تجوّل في الأقسام أدناه.
nothing-here = لا شيء يطابق هذا الاختيار. أزل أحد المرشّحات لترى المزيد.
suggestions = تجوّل في المتجر
products = المنتجات
sub-categories = الأقسام الفرعية
filters = التصفية والترتيب
chosen-filters = المرشّحات المختارة
remove-filter = إزالة
remove-all = إزالة كل المرشّحات
apply = عرض
sort = الترتيب حسب
sort-go = رتّب
pages = الصفحات
page-of = صفحة { $page } من { $pages }
page-number = صفحة { $page }
previous = السابق
next = التالي

pictures = الصور
about-product = عن المنتج
details = التفاصيل
sku = رقم المنتج
show-choice = عرض هذا الاختيار
not-made = غير متوفر بهذه التركيبة
quantity = الكمية
add = أضف إلى السلة
in-stores = شاهده في أحد الفروع
store = الفرع
availability = التوفّر
reviews = التقييمات
reviews-spread = عدد مرات كل تقييم بالنجوم
reviews-none = لم يكتب أحد عنه بعد.
reviews-newer = تقييمات أحدث
reviews-older = تقييمات أقدم
related = يناسبه أيضًا
most-pieces = { $count ->
    [one] الحدّ الأقصى قطعة واحدة.
    [two] الحدّ الأقصى قطعتان.
    [few] الحدّ الأقصى { $number } قطع.
   *[other] الحدّ الأقصى { $number } قطعة.
}

added = أُضيف إلى سلتك.
basket-empty = سلتك فارغة حتى الآن.
go-shopping = تجوّل في المتجر
go-on-shopping = متابعة التسوّق
update = تحديث
remove = إزالة
line-total = مجموع هذا السطر
summary = الملخّص
subtotal = قيمة المنتجات
delivery = التوصيل
total = المجموع شاملًا الضريبة
code = رمز العرض
apply-code = استخدم الرمز
code-idle = لا أثر له بعد
to-checkout = إتمام الطلب

checkout = إتمام الطلب
who = من صاحب الطلب؟
name = الاسم الكامل
email = البريد الإلكتروني
email-hint = لأخبار هذا الطلب فقط.
how = كيف تودّ استلام طلبك؟
way-ship = التوصيل إلى عنوان
way-pickup = الاستلام من أحد الفروع
address = إلى أين؟
street = الشارع ورقم المبنى
city = المدينة
postcode = الرمز البريدي
country = البلد
country-GB = المملكة المتحدة
country-DE = ألمانيا
country-JP = اليابان
choose-store = من أي فرع؟
place-order = أرسل الطلب
place-hint = هذا عرض تجريبي: لن يُخصم أي مبلغ ولن يُشحن شيء.
back-to-basket = العودة إلى السلة
wrong-name = يُرجى إدخال اسمك.
wrong-email = يُرجى إدخال بريد إلكتروني صحيح مثل name@example.com.
wrong-street = يُرجى إدخال الشارع ورقم المبنى.
wrong-city = يُرجى إدخال المدينة.
wrong-postcode = يُرجى إدخال رمز بريدي في ذلك البلد.
wrong-country = يُرجى اختيار بلد نوصل إليه.
wrong-store = يُرجى اختيار فرع.

thank-you = شكرًا لك، وصلنا طلبك.
your-order = طلبك
order-number = الطلب { $number }
order-placed-at = تاريخ الطلب: { $time }.
order-collected = تم الاستلام
order-keep = احتفظ بعنوان هذه الصفحة، ففيها تتابع طلبك.
expected-ready = جاهز للاستلام ابتداءً من { $time }.
expected-delivery = يصلك في موعد أقصاه { $time }.
progress = مراحل الطلب
done = تمّ
what-you-bought = مشترياتك
collect-from = الاستلام من
find-intro = تجد الرقم في رسالة التأكيد وفي الصفحة التي تلت طلبك.
order-id = رقم الطلب
find-order = ابحث عنه
latest-order = آخر طلب لك

stores = الفروع
stores-intro = أربعة فروع فيها من يعرف ما يبيع. تفضّل بالدخول، ولن يستعجلك أحد.
open-now = مفتوح الآن
closed-now = مغلق الآن
opening-hours = ساعات العمل
hours = { $from } – { $to }
services = في هذا الفرع
map = عرض على الخريطة
list-comma = { "، " }
day-1 = الاثنين
day-2 = الثلاثاء
day-3 = الأربعاء
day-4 = الخميس
day-5 = الجمعة
day-6 = السبت
day-7 = الأحد
service-click-and-collect = اطلب واستلم من الفرع
service-personal-styling = مستشار أناقة
service-gift-wrapping = تغليف الهدايا
service-screen-fitting = تركيب واقي الشاشة
service-alterations = تعديل الملابس

title-not-found = هذا ليس في أيٍّ من طوابقنا
title-failed = نمرّ بلحظة صعبة
title-refused = تعذّر ذلك
no-such-product = هذا المنتج ليس لدينا، أو لم يعد كذلك. لعلّ ما يجاوره يعجبك.
no-such-category = لا يوجد قسم كهذا، أو أن صفحاته أقل.
no-such-order = لا نعرف طلبًا بهذا الرقم. يُرجى التحقق منه حرفًا حرفًا.
cut-off = نهاية هذه الصفحة مفقودة: انقطع الاتصال. يرجى إعادة تحميلها.
again = حاول مرة أخرى
to-home = إلى الصفحة الرئيسية

privacy = خصوصيتك
privacy-intro = لا نحتفظ إلا بما تسمح به، تحت رقم بدل اسمك.
privacy-signal = يطلب متصفحك من كل المواقع ألا تتتبعك. ونحن لا نفعل، أيًّا كان اختيارك هنا.
privacy-agreed = وافقت على
privacy-known = ما نعرفه عنك
privacy-unknown = لا نعرف عنك إلا ما في سلتك.
privacy-forget = انسوني
purpose-personalisation = أن نتذكرك حين تعود ونعرض لك ما يناسبك
purpose-analytics = أن تُحسب ضمن الزوار
purpose-marketing = عروض تناسب مشترياتك
known-visits = الزيارات
known-orders = الطلبات
known-bought = منتجات اشتريتها، كي لا نقترحها عليك مجددًا
known-categories = الأقسام التي زرتها، الأحدث أولًا
known-tier = فئة الولاء
known-wishes = قائمة رغباتك
consent-title = هل تسمح لنا بأن نتذكرك؟
consent-text = عندها ترى العروض والأقسام التي تناسبك. ويمكنك أن تطلب نسيانك في أي وقت.
consent-more = بماذا نحتفظ
consent-yes = نعم، تذكروني
consent-no = لا، شكرًا
close = إغلاق
farewell-text = سلتك كما تركتها. وهذا العرض لهذا اليوم.
farewell-take = اخصموه من سلتي
beside = يناسب ما في سلتك

sign-in = تسجيل الدخول
sign-in-intro = بعنوان بريدك الإلكتروني وكلمة مرورك في هذا المتجر. وتبقى سلتك معك.
sign-in-over = انتهت جلسة دخولك. يُرجى تسجيل الدخول من جديد؛ سلتك كما كانت.
sign-in-busy = لا يقبل المتجر محاولات دخول أخرى الآن. يُرجى الانتظار بضع دقائق ثم المحاولة من جديد.
sign-out = تسجيل الخروج
password = كلمة المرور
wrong-password = يُرجى إدخال كلمة المرور.
account = حسابك
greeting = أهلًا، { $name }
account-orders = أحدث طلباتك
account-no-orders = لم تطلب شيئًا بعد.
account-orders-silent = لا يمكن عرض طلباتك الآن. إنها محفوظة؛ يُرجى المحاولة بعد قليل.
account-wishes = قائمة رغباتك
account-letters = رسائلنا
letters-yes = تصلك رسائلنا
letters-no = لا تصلك رسائل
tier-silver = فضية
tier-gold = ذهبية
tier-platinum = بلاتينية
