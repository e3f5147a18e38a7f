from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "positivesocials.onboarding"
    label = "onboarding"
