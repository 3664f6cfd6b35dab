from django.urls import path

from web.dev import mail, sending, shop

app_name = "dev"
urlpatterns = [
    path("mail/", mail.index, name="mail"),
    path("mail/list/", mail.listing, name="mail_list"),
    path("mail/new/", sending.new, name="new_mail"),
    path("mail/<int:mail_id>/", mail.show, name="message"),
    path("mail/<int:mail_id>/replies/", sending.reply, name="reply"),
    path("mail/<int:mail_id>/files/<int:index>/", mail.file, name="file"),
    path("shop/", shop.show, name="shop"),
    path("shop/<slug:product>/", shop.show, name="shop_product"),
]
