"""What people write about, in their own words: counted every night, by month and topic."""

from .rising import RisingPhrase, RisingTopic, rising_phrases, rising_topics

__all__ = ["RisingPhrase", "RisingTopic", "rising_phrases", "rising_topics"]
