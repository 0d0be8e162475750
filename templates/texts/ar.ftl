# كلمات مشتركة بين جميع الواجهات.
shop-name = Larkspur & Finch

stock-in-stock = متوفر
stock-low-stock = بقيت قطع قليلة
stock-out-of-stock = نفدت الكمية
stock-left = { $count ->
    [one] بقيت قطعة واحدة فقط
    [two] بقيت قطعتان فقط
    [few] بقيت { $number } قطع فقط
   *[other] بقيت { $number } قطعة فقط
}

as-of = الأسعار والمخزون كما في { $time }
stock-as-of = المخزون كما في { $time }

items = { $count ->
    [zero] لا قطع
    [one] قطعة واحدة
    [two] قطعتان
    [few] { $number } قطع
   *[other] { $number } قطعة
}
results = { $count ->
    [0] لا توجد نتائج
    [one] منتج واحد
    [two] منتجان
    [few] { $number } منتجات
   *[other] { $number } منتجًا
}
reviews-count = { $count ->
    [zero] لا تقييمات
    [one] تقييم واحد
    [two] تقييمان
    [few] { $number } تقييمات
   *[other] { $number } تقييمًا
}

order-placed = استلمنا طلبك
order-packing = قيد التجهيز
order-ready-for-pickup = جاهز للاستلام
order-shipped = في الطريق إليك
order-delivered = تم التوصيل
order-cancelled = أُلغي

sort-relevance = المقترحة
sort-price_ascending = السعر: من الأقل
sort-price_descending = السعر: من الأعلى
sort-newest = الأحدث
sort-rating = الأعلى تقييمًا
sort-name = الاسم

failure-not-found = لم نعثر على ذلك.
failure-unknown-market = لا نبيع هناك بعد.
failure-method-not-allowed = لا يمكن القيام بذلك هنا.
failure-bad-input = تعذّرت قراءة جزء من العنوان أو النموذج.
failure-cross-site = جاء هذا التغيير من موقع آخر، فلم يتغيّر شيء. يُرجى استخدام صفحتنا.
failure-body-too-large = هذا أكثر مما يمكننا قبوله.
failure-unsupported-media = أُرسل ذلك بصيغة لا نقرؤها.
failure-out-of-stock = لا تتوفر هذه الكمية. سلتك كما كانت.
failure-quantity-limit = هذا أكثر مما يتسع له طلب واحد. سلتك كما كانت.
failure-unknown-variant = هذا الخيار غير موجود. يُرجى الاختيار من جديد.
failure-unknown-line = هذا المنتج لم يعد في سلتك.
failure-bad-code = هذا الرمز لا يسري على هذه السلة.
failure-conflict = تغيّرت سلتك من شاشة أخرى. يُرجى المراجعة.
failure-empty-cart = سلتك فارغة.
failure-bad-credentials = عنوان البريد الإلكتروني أو كلمة المرور غير صحيحة.
failure-invalid = يُرجى التحقق مما أدخلته.
failure-unsupported = هذا المتجر لا يوفّر ذلك.
failure-upstream-failed = جزء من المتجر لا يستجيب. لم يُفقد شيء يخصك؛ حاول مرة أخرى بعد قليل.
failure-upstream-late = المتجر أبطأ من المعتاد. لم يُفقد شيء يخصك؛ حاول مرة أخرى بعد قليل.
failure-internal = حدث خطأ من جانبنا. لم يُفقد شيء يخصك.

offer-percent = خصم { $number }٪
offer-amount = خصم { $amount }
offer-delivery-from = توصيل مجاني ابتداءً من { $amount }
offer-delivery = توصيل مجاني
offer-lacks = أضف { $amount } ليصبح التوصيل مجانيًا.
offer-for-you = لك
offer-in-basket = يُخصم تلقائيًا في سلتك.
offer-and = { $one } و{ $other }
