from django.urls import path

from positivesocials.privacy import views

app_name = "privacy"
urlpatterns = [
    path("consents/", views.list_consents, name="list-consents"),
    path("consents/receipts/<uuid:receipt_id>/", views.save_receipt, name="save-receipt"),
    path("consents/<slug:purpose>/give/", views.give_consent, name="give-consent"),
    path("consents/<slug:purpose>/withdraw/", views.withdraw_consent, name="withdraw-consent"),
]
