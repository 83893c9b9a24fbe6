package dev.pilot.core.access;

/** Whose matter a use-case is: what it means to callers who are bound to projects. */
public enum Realm {
    /** A project's: what belongs to others is not there. */
    PROJECT,
    /** A run's that one holds: another project's is not there, and neither is one that somebody else has registered. */
    HELD,
    /** The hub's, of which there is to see what concerns their projects. */
    SHARED,
    /** The hub's: not for those who are bound. */
    HUB
}
