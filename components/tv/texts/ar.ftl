# واجهة التلفاز.
home-title = الرئيسية
home-today = اليوم في Larkspur & Finch
home-departments = الأقسام
home-looks = إطلالات منسّقة
open = ألقِ نظرة
price-from = من { $price }

badge-today = اليوم فقط
badge-sale = سعر مخفّض
badge-new = جديد
badge-bestseller = الأكثر مبيعًا

refine = تصفية
show-results = { $count ->
    [0] لم يبقَ شيء: اعرض الكل
    [one] اعرض منتجًا واحدًا
    [two] اعرض منتجين
    [few] اعرض { $number } منتجات
   *[other] اعرض { $number } منتجًا
}

add-to-cart = أضف إلى السلة
more-in = المزيد من { $category }
related = يليق معه أيضًا

search = بحث
search-hint = عمَّ تبحث؟
suggestions = اقتراحات

cart = السلة
cart-empty = سلتك فارغة
cart-empty-text = اختر ما يعجبك من مكانك، ثم أكمل الشراء على هاتفك متى شئت.
start-shopping = ابدأ التسوّق
cart-subtotal = المجموع الفرعي
cart-delivery = التوصيل
cart-beside = يناسب ما في سلتك
cart-less = قطعة أقل من { $product }
cart-more = قطعة إضافية من { $product }
cart-remove = احذف { $product }
cart-total = الإجمالي

checkout-title = أكمل الدفع على هاتفك
checkout-text = وجّه كاميرا هاتفك نحو الرمز، فتُفتح سلتك هناك جاهزة للدفع.
checkout-code = إن سألك هاتفك

continue-title = هل تريد فتح سلة التلفاز هنا؟
continue-text = في هذا الهاتف سلة بالفعل، وفتح سلة التلفاز يحلّ محلها. تابع فقط إن كان تلفازك يُظهر الأحرف نفسها.
continue-code = يُظهر تلفازك
continue-confirm = نعم، افتح سلة التلفاز
continue-keep = لا، أبقِ سلتي
continue-late = انتهت صلاحية هذا الرمز
continue-late-text = تعمل الرموز خمس عشرة دقيقة. افتح السلة على التلفاز مرة أخرى وامسح الرمز الجديد.

error-title = تعذّر ذلك
error-retry = حاول مرة أخرى
error-home = العودة إلى الرئيسية

tv-title = Larkspur & Finch على التلفاز
menu = القائمة الرئيسية
language = اللغة
loading = لحظة من فضلك
offline = لا يمكن للتلفاز الوصول إلى المتجر. يُرجى التحقق من الاتصال.
added = أُضيف إلى سلتك
space = مسافة
delete = حذف
clear = مسح الكل

consent-title = هل تسمح لنا بأن نتذكرك ونعرض لك ما يناسبك؟
consent-yes = نعم، تذكروني
consent-no = لا، شكرًا
consent-known = سمحت لنا بأن نتذكرك
consent-forget = انسوني
consent-given = سنتذكرك
consent-refused = لا نعرف عنك إلا ما في سلتك
leaving-text = سلتك كما تركتها. وهذا العرض لهذا اليوم.
leaving-take = اخصموه من سلتي
leaving-leave = لا، شكرًا
