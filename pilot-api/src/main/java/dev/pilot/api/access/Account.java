package dev.pilot.api.access;

/** What the caller may ask about itself, and a user who has logged in may do about itself. */
public interface Account {
    /**
     * Who the caller is, what it may do, and until when.
     *
     * @return the identity
     */
    Identity identity();

    /**
     * Gives the user another password and ends all its sessions, this one included.
     *
     * @param current the password now
     * @param next the new one
     * @throws dev.pilot.api.error.InvalidInput if the new one is too short
     * @throws dev.pilot.api.error.Forbidden with code {@code wrong-password} if the current one is wrong
     * @throws dev.pilot.api.error.NotAllowed with code {@code no-session} if nobody has logged in
     * @throws dev.pilot.api.error.OverLimit with code {@code log-in-locked} after too many wrong ones
     */
    void changePassword(String current, String next);

    /**
     * Ends this session.
     *
     * @throws dev.pilot.api.error.NotAllowed with code {@code no-session} if nobody has logged in
     */
    void logOut();

    /**
     * Ends all sessions of the user, this one included.
     *
     * @throws dev.pilot.api.error.NotAllowed with code {@code no-session} if nobody has logged in
     */
    void logOutEverywhere();
}
