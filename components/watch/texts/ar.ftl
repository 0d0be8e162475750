# واجهة الساعة.
offer-title = عرض اليوم
offer-was = بدلًا من { $price }
price-from = من { $price }
as-of = كما في { $time }
cart-title = السلة
cart-empty = لا شيء فيها بعد
order-title = طلبك
order-expected = متوقَّع { $when }
pickup-title = جاهز للاستلام
pickup-text = ينتظرك في { $store }
pickup-open = مفتوح حتى { $time }
error-title = لحظة من فضلك
no-order = لا يوجد طلب بعد.
no-offer = لا عرض اليوم.
nothing-waits = لا شيء بانتظار الاستلام.

watch-title = Larkspur & Finch على الساعة
watch-heading = على معصمك
watch-intro = عرض اليوم وسلتك وطلبك: نظرة واحدة في كل مرة.
previous = النظرة السابقة
next = النظرة التالية
loading = لحظة من فضلك
offline = لا يمكن للساعة الوصول إلى المتجر.
hint = استخدم الأسهم أو الأزرار أو اسحب.
updated = آخر تحديث
