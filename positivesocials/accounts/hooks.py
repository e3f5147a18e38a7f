from positivesocials.accounts import services
from positivesocials.core.jobs import every

every(seconds=600)(services.forget_ended_links)
every(seconds=600)(services.clear_ended_sessions)
