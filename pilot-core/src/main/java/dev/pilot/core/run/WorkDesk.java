package dev.pilot.core.run;

/**
 * What workers share, one of each per hub.
 *
 * @param claims where they ask for work
 * @param presence keeps which there are
 * @param reports takes what they report
 */
record WorkDesk(ClaimDesk claims, Presence presence, Reports reports) {}
