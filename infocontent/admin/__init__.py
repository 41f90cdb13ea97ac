"""What the office publishes, in the admin."""

from .announcements import AnnouncementAdmin
from .items import ItemAdmin
from .lists import ExclusionAdmin, PublicInformationAdmin
from .placements import PlacementAdmin
from .tables import SynonymAdmin, TariffAdmin
from .topics import TopicAdmin

__all__ = [
    "AnnouncementAdmin",
    "ExclusionAdmin",
    "ItemAdmin",
    "PlacementAdmin",
    "PublicInformationAdmin",
    "SynonymAdmin",
    "TariffAdmin",
    "TopicAdmin",
]
