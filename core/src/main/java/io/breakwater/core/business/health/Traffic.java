package io.breakwater.core.business.health;

/** What clients asked of the server, in figures. Thread-safe, and cheap enough to ask at every probe. */
public interface Traffic {

    /** The last few minutes. */
    Load recent();

    /** Everything there is to tell. */
    TrafficReport report();
}
